package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What has gone one way so far.
 *
 * @param all every byte
 * @param messages the datagrams; of a stream, every byte as one message
 * @param datagrams whether the messages are datagrams
 */
record Traffic(Bytes all, List<Bytes> messages, boolean datagrams) {

    private static final Bytes NEWLINE = Bytes.of((byte) '\n');
    private static final Bytes RETURN = Bytes.of((byte) '\r');

    static Traffic stream(Bytes all) {
        return new Traffic(all, List.of(all), false);
    }

    static Traffic datagram(Bytes datagram) {
        return new Traffic(datagram, List.of(datagram), true);
    }

    /** The lines without their ends, the last one even if its end has not come; or the datagrams. */
    List<Bytes> lines() {
        if (datagrams) {
            return messages;
        }
        List<Bytes> lines = new ArrayList<>();
        int from = 0;
        while (from < all.size()) {
            int newline = all.indexOf(NEWLINE, from);
            Bytes line = all.slice(from, newline < 0 ? all.size() : newline);
            lines.add(newline < 0 ? line : withoutReturn(line));
            from += line.size() + 1;
        }
        return lines;
    }

    /** Whether the last line may grow. */
    boolean endsWithinALine() {
        return !datagrams && !all.isEmpty() && all.at(all.size() - 1) != '\n';
    }

    static Bytes withoutReturn(Bytes line) {
        int last = line.size() - 1;
        return last >= 0 && line.slice(last, last + 1).equals(RETURN) ? line.slice(0, last) : line;
    }
}
