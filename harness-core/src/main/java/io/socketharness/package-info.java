/** The servers: what to start, and what one holds while it runs. */
@NullMarked
package io.socketharness;

import org.jspecify.annotations.NullMarked;
