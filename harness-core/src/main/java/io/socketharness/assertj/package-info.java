/**
 * Assertions on servers and recordings that wait until they are true, for AssertJ 3.
 *
 * <p>The entry point is {@link io.socketharness.assertj.SocketAssertions#assertThat(io.socketharness.FakeServer)},
 * which can be imported together with AssertJ's own.
 */
@NullMarked
package io.socketharness.assertj;

import org.jspecify.annotations.NullMarked;
