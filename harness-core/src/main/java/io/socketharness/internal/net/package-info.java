/** Not exported: addresses, hosts and channels, shared by all transports. */
@NullMarked
package io.socketharness.internal.net;

import org.jspecify.annotations.NullMarked;
