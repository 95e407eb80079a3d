DROP TABLE IF EXISTS events, agent_status, budgets;

CREATE TABLE events (
  id     uuid PRIMARY KEY,
  stream text NOT NULL,
  seq    bigint GENERATED ALWAYS AS IDENTITY,
  type   text NOT NULL,
  data   jsonb NOT NULL,
  at     timestamptz NOT NULL
);
CREATE INDEX events_stream_seq ON events (stream, seq);

-- Half-empty pages keep the updates of these few rows on their page and out of the index.
CREATE TABLE agent_status (
  agent     text PRIMARY KEY,
  status    text NOT NULL,
  last_seen timestamptz NOT NULL,
  events    bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE budgets (
  agent  text NOT NULL,
  day    date NOT NULL,
  tokens bigint NOT NULL,
  pico_usd numeric NOT NULL,
  calls  bigint NOT NULL,
  PRIMARY KEY (agent, day)
) WITH (fillfactor = 50);
