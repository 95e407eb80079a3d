/** The door for OpenTelemetry exporters: OTLP over HTTP, protobuf and JSON. */
@NullMarked
package io.conductore.query.otlp;

import org.jspecify.annotations.NullMarked;
