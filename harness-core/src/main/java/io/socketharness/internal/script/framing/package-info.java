/** Not exported: the built-in framings of messages. */
@NullMarked
package io.socketharness.internal.script.framing;

import org.jspecify.annotations.NullMarked;
