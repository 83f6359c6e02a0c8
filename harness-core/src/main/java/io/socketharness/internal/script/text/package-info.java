/** Not exported: text with variables, hex with places for unknown bytes, escapes and resources. */
@NullMarked
package io.socketharness.internal.script.text;

import org.jspecify.annotations.NullMarked;
