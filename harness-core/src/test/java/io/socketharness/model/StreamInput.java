package io.socketharness.model;

import io.socketharness.recording.Bytes;

/** The bytes of a stream. */
final class StreamInput implements Input {

    private static final Bytes LF = Bytes.ofText("\n");

    private final Bytes all;
    private int position;

    StreamInput(Bytes all) {
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
        Bytes line = until(LF);
        boolean hasReturn = !line.isEmpty() && line.at(line.size() - 1) == '\r';
        return hasReturn ? line.slice(0, line.size() - 1) : line;
    }

    @Override
    public Bytes message(Framing framing) throws Lacking {
        if (framing == Framing.UNTIL_SEMICOLON) {
            return until(Bytes.of(Framing.DELIMITER));
        }
        int start = position;
        int length = 0;
        for (byte digit : exactly(framing.prefix()).toByteArray()) {
            length = length << 8 | digit & 0xff;
        }
        if (all.size() - position < length) {
            position = start;
            throw new Lacking(true);
        }
        return exactly(length);
    }

    private Bytes until(Bytes delimiter) throws Lacking {
        int end = all.indexOf(delimiter, position);
        if (end < 0) {
            throw new Lacking(!isUsedUp());
        }
        Bytes message = all.slice(position, end);
        position = end + delimiter.size();
        return message;
    }

    @Override
    public Bytes exactly(int count) throws Lacking {
        if (all.size() - position < count) {
            throw new Lacking(!isUsedUp());
        }
        position += count;
        return all.slice(position - count, position);
    }

    @Override
    public Bytes upToDifference(Bytes expected) throws Lacking {
        for (int i = 0; i < expected.size() && position + i < all.size(); i++) {
            if (all.at(position + i) != expected.at(i)) {
                return exactly(i + 1);
            }
        }
        return exactly(expected.size());
    }
}
