package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.util.List;

/** Datagrams, each of which is a message. */
final class DatagramInput implements Input {

    private final List<Bytes> all;
    private int position;

    DatagramInput(List<Bytes> all) {
        this.all = all;
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public void position(int newPosition) {
        position = newPosition;
    }

    @Override
    public Bytes line() throws Lacking {
        if (isUsedUp()) {
            throw new Lacking(false);
        }
        return all.get(position++);
    }

    @Override
    public Bytes message(Framing framing) throws Lacking {
        return line();
    }

    @Override
    public Bytes exactly(int count) throws Lacking {
        Bytes datagram = line();
        return datagram.slice(0, Math.min(count, datagram.size()));
    }

    @Override
    public Bytes upToDifference(Bytes expected) throws Lacking {
        return line();
    }
}
