package io.socketharness.internal.script.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Messages that leave in one write. */
final class OneWrite implements Outgoing {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Outgoing> messages = new ArrayList<>();

    void add(Outgoing message) {
        messages.add(message);
        bytes.writeBytes(message.bytes(bytes.size()));
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    @Override
    public byte[] bytes(int ahead) {
        return bytes.toByteArray();
    }

    @Override
    public void sent() {
        messages.forEach(Outgoing::sent);
    }

    @Override
    public void notSent() {
        messages.forEach(Outgoing::notSent);
    }
}
