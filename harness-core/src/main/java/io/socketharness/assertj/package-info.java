/**
 * Assertions on servers and recordings that wait until they hold, for AssertJ 3.
 *
 * <p>They begin with {@link io.socketharness.assertj.SocketAssertions#assertThat(io.socketharness.FakeServer)}, which can be
 * imported beside AssertJ's own.
 */
@NullMarked
package io.socketharness.assertj;

import org.jspecify.annotations.NullMarked;
