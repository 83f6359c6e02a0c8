/**
 * What a server saw: one exchange a connection, with its bytes, events and times.
 *
 * <p>Tests read a {@link io.socketharness.recording.Recording} and its {@link io.socketharness.recording.Exchange
 * exchanges}, or assert on them with {@code io.socketharness.assertj}.
 */
@NullMarked
package io.socketharness.recording;

import org.jspecify.annotations.NullMarked;
