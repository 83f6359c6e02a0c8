/** The command line: the servers as a program. */
@NullMarked
package io.socketharness.cli;

import org.jspecify.annotations.NullMarked;
