package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A packet with its time since the origin of the recording, and its comments. */
record Captured(long at, Bytes packet, List<String> comments) {

    Captured(long at, Bytes packet) {
        this(at, packet, new ArrayList<>());
    }
}
