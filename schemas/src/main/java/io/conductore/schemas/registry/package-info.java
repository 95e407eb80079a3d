/**
 * How a record becomes bytes and back: Confluent's wire format and a client of the Confluent Schema
 * Registry REST API, which Confluent, Karapace, Redpanda and Apicurio all speak.
 *
 * <pre>
 *   start   SchemaSetup ─ rule, register ─▶ RegistryClient ─▶ RegistryHttp ─▶ registry
 *                └─ learns ─▶ SchemaIds (memory, then {id}.avsc files, then the registry)
 *   record  AvroCodec.encode ─▶ 00 | id, 4 bytes | Avro binary ─▶ AvroCodec.decode
 *                                                 └─ which schema? ─▶ SchemaIds
 * </pre>
 *
 * Read {@link io.conductore.schemas.registry.WireFormat},
 * {@link io.conductore.schemas.registry.SchemaIds} and
 * {@link io.conductore.schemas.registry.AvroCodec} in this order. What the network or the bytes can
 * do wrong comes back as a sealed outcome; exceptions are left for bugs of the caller.
 *
 * <p>Traps: a 404 may be a wrong base path rather than a missing schema, so only the registry's own
 * 404xx codes count as missing. A registry that was emptied hands out the same ids again, so an id
 * that is known with another layout is a
 * {@link io.conductore.schemas.registry.SetupOutcome.Conflict} and never overwritten.
 */
@NullMarked
package io.conductore.schemas.registry;

import org.jspecify.annotations.NullMarked;
