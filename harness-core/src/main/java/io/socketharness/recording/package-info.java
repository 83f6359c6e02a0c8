/** What a server saw: one exchange a connection, with its bytes, events and times. */
@NullMarked
package io.socketharness.recording;

import org.jspecify.annotations.NullMarked;
