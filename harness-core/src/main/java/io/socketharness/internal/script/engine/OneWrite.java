package io.socketharness.internal.script.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Messages that leave in one write. */
final class OneWrite {

    /** Runs after the write of a message that ended at an offset in it. */
    private record Sent(int end, IntConsumer action) {}

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Sent> messages = new ArrayList<>();

    /** Adds a message; {@code sent} gets the number of bytes after it. */
    void add(byte[] message, IntConsumer sent) {
        bytes.writeBytes(message);
        messages.add(new Sent(bytes.size(), sent));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Says that all of it was written. */
    void sent() {
        for (Sent one : messages) {
            one.action().accept(bytes.size() - one.end());
        }
    }
}
