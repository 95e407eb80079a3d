#!/usr/bin/env bash
# One issue from filed to done with curl alone: what agents and their hooks say, step by step.
# usage: from-issue-to-done.sh [http://127.0.0.1:8080] [owner/repo] [issue number]
set -euo pipefail

RIG=${1:-http://127.0.0.1:8080}
REPO=${2:-acme/shop}
NUMBER=${3:-7}
PR=$((NUMBER + 1000))

step() { printf '\n== %s\n' "$*"; }

# Says one event; with the answer comes its place in the issue's stream.
say() { # say TYPE [more fields]
  curl -sS --fail-with-body "$RIG/api/events" -H 'Content-Type: application/json' -H 'Prefer: wait=5' \
    -d "{\"type\":\"$1\",\"repo\":\"$REPO\",\"issueNumber\":$NUMBER${2:+,$2}}"
  echo
}

# Claims and prints the assignment; the key makes it safe to come again if the answer got lost.
claim() { # claim assignments|reviews AGENT
  curl -sS --fail-with-body "$RIG/api/$1/next?agentId=$2&wait=30s" -H "Idempotency-Key: $REPO-$NUMBER-$1"
}

field() { # field NAME: of a JSON object on one line
  sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"
}

step 'a human approves the issue'
say ISSUE_APPROVED '"title":"feat: gift cards","priority":"high"'

step 'dev-e claims it'
work=$(claim assignments dev-e)
echo "$work"
[ "$(field streamId <<<"$work")" = "$REPO#$NUMBER" ]
by_dev="\"agentId\":\"dev-e\",\"leaseToken\":$(field leaseToken <<<"$work")"

step 'dev-e implements it'
sleep 1 # work takes a while; the stream of the issue hears of the assignment within 0.1 s
say WORK_STARTED "$by_dev,\"branch\":\"feat/$NUMBER-gift-cards\""
say BRANCH_CREATED "$by_dev,\"branch\":\"feat/$NUMBER-gift-cards\""
say PR_CREATED "$by_dev,\"prNumber\":$PR,\"branch\":\"feat/$NUMBER-gift-cards\""

step 'may it be merged? not yet'
curl -sS --fail-with-body "$RIG/api/gates/merge?repo=$REPO&pr=$PR"
echo

step 'CI is green, and review-e claims the review'
say CI_PASSED "\"prNumber\":$PR"
review=$(claim reviews review-e)
echo "$review"
[ "$(field prNumber <<<"$review")" = "$PR" ]
sleep 1 # reading takes a while
say REVIEW_PASSED "\"agentId\":\"review-e\",\"prNumber\":$PR,\"leaseToken\":$(field leaseToken <<<"$review")"

step 'may it be merged? yes'
gate=$(curl -sS --fail-with-body "$RIG/api/gates/merge?repo=$REPO&pr=$PR")
echo "$gate"
[ "$(field pass <<<"$gate")" = true ]

step 'merged, deployed, verified, done'
say MERGED "\"prNumber\":$PR,\"mergeSha\":\"0f1e2d3\""
say DEPLOYED_STAGING '"reason":"staging"'
say SMOKE_PASSED
say DEPLOYED_PRODUCTION '"reason":"production"'
say VERIFIED
say ISSUE_DONE '"durationMinutes":42'

step 'the issue, and its stream'
curl -sS --fail-with-body "$RIG/api/issues/${REPO/\//%2F}/$NUMBER"
echo
curl -sS --fail-with-body "$RIG/api/events/stream?id=$REPO%23$NUMBER" | sed 's/},{"id"/},\n {"id"/g'
echo
