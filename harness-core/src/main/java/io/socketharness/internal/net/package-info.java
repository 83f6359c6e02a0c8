/** Not exported: addresses, hosts and channels, whatever runs on them. */
@NullMarked
package io.socketharness.internal.net;

import org.jspecify.annotations.NullMarked;
