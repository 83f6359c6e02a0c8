/** Assertions on servers and recordings that wait until they hold. */
@NullMarked
package io.socketharness.assertj;

import org.jspecify.annotations.NullMarked;
