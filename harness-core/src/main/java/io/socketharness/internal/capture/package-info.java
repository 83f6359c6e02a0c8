/** Captures: recordings as packets for Wireshark. */
@NullMarked
package io.socketharness.internal.capture;

import org.jspecify.annotations.NullMarked;
