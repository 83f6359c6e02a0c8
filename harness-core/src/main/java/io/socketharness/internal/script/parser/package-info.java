/** Not exported: parses the text form of scripts: each line becomes a step. */
@NullMarked
package io.socketharness.internal.script.parser;

import org.jspecify.annotations.NullMarked;
