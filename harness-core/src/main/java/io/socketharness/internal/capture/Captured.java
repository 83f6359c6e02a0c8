package io.socketharness.internal.capture;

import java.util.ArrayList;
import java.util.List;

/** A packet with its time since the origin of the recording, and its comments. */
record Captured(long at, byte[] packet, List<String> comments) {

    Captured(long at, byte[] packet) {
        this(at, packet, new ArrayList<>());
    }
}
