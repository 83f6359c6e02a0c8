/**
 * The recording of a server: one exchange for each connection, with its bytes, events and times.
 *
 * <p>Tests read a {@link io.socketharness.recording.Recording} and its
 * {@link io.socketharness.recording.Exchange exchanges}, or use the assertions of {@code io.socketharness.assertj}.
 */
@NullMarked
package io.socketharness.recording;

import org.jspecify.annotations.NullMarked;
