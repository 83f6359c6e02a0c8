package io.socketharness.internal.sweep;

import io.socketharness.recording.Bytes;

/**
 * A message of a dialogue: one send or one receive of a script.
 *
 * @param fromServer whether the server has sent it
 * @param bytes its bytes, unencrypted
 * @param whole whether all of it has passed
 */
record TracedMessage(boolean fromServer, Bytes bytes, boolean whole) {

    int size() {
        return bytes.size();
    }
}
