/** Not exported: a server from its start to its end, and its verification. */
@NullMarked
package io.socketharness.internal.server;

import org.jspecify.annotations.NullMarked;
