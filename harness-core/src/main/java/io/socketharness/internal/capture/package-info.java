/** Captures: recordings as packets for Wireshark, and as pages for browsers. */
@NullMarked
package io.socketharness.internal.capture;

import org.jspecify.annotations.NullMarked;
