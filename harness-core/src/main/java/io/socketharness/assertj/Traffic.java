package io.socketharness.assertj;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes or datagrams of one direction so far. */
final class Traffic {

    private static final Bytes NEWLINE = Bytes.of((byte) '\n');
    private static final Bytes RETURN = Bytes.of((byte) '\r');

    private final Bytes all;
    private final boolean datagrams;
    private final List<Event> events;
    private final Event.Kind kind;
    private @Nullable List<Bytes> messages;

    private Traffic(Bytes all, boolean datagrams, @Nullable List<Bytes> messages, List<Event> events, Event.Kind kind) {
        this.all = all;
        this.datagrams = datagrams;
        this.messages = messages;
        this.events = events;
        this.kind = kind;
    }

    static Traffic stream(Bytes all) {
        return new Traffic(all, false, List.of(all), List.of(), Event.Kind.RECEIVED);
    }

    static Traffic datagram(Bytes datagram) {
        return new Traffic(datagram, true, List.of(datagram), List.of(), Event.Kind.RECEIVED);
    }

    /** Returns traffic whose datagrams are those of the events of a kind, collected when they are needed. */
    static Traffic datagrams(Bytes all, List<Event> events, Event.Kind kind) {
        return new Traffic(all, true, null, events, kind);
    }

    /** Returns all bytes. */
    Bytes all() {
        return all;
    }

    /** Returns the datagrams; for a stream, all bytes as one message. */
    List<Bytes> messages() {
        List<Bytes> known = messages;
        if (known == null) {
            known = events.stream()
                    .filter(event -> event.kind() == kind)
                    .map(Event::bytes)
                    .toList();
            messages = known;
        }
        return known;
    }

    /** Returns whether the messages are datagrams. */
    boolean isDatagrams() {
        return datagrams;
    }

    /** Returns the first lines without their ends, including an incomplete last line; or the first datagrams. */
    List<Bytes> lines(int most) {
        if (datagrams) {
            return messages().subList(0, Math.min(most, messages().size()));
        }
        List<Bytes> lines = new ArrayList<>();
        int from = 0;
        while (from < all.size() && lines.size() < most) {
            int newline = all.indexOf(NEWLINE, from);
            Bytes line = all.slice(from, newline < 0 ? all.size() : newline);
            lines.add(newline < 0 ? line : withoutReturn(line));
            from += line.size() + 1;
        }
        return lines;
    }

    /** Returns whether the last line is incomplete. */
    boolean endsWithinALine() {
        return !datagrams && !all.isEmpty() && all.at(all.size() - 1) != '\n';
    }

    static Bytes withoutReturn(Bytes line) {
        int last = line.size() - 1;
        return last >= 0 && line.slice(last, last + 1).equals(RETURN) ? line.slice(0, last) : line;
    }
}
