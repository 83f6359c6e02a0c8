/** Forwarding between a client and a real server. */
@NullMarked
package io.socketharness.internal.forward;

import org.jspecify.annotations.NullMarked;
