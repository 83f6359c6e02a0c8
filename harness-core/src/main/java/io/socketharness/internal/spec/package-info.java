/** Not exported: the specification of a server, its URLs and options, and what a transport refuses. */
@NullMarked
package io.socketharness.internal.spec;

import org.jspecify.annotations.NullMarked;
