/** Not exported: how a recording is written, stored and rendered. */
@NullMarked
package io.socketharness.internal.recording;

import org.jspecify.annotations.NullMarked;
