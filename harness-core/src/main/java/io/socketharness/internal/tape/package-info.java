/** Tapes: recordings as text that replays them. */
@NullMarked
package io.socketharness.internal.tape;

import org.jspecify.annotations.NullMarked;
