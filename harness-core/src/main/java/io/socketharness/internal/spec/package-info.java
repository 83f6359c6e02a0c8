/** Not exported: how a server is specified, in URLs and options, and what a transport refuses. */
@NullMarked
package io.socketharness.internal.spec;

import org.jspecify.annotations.NullMarked;
