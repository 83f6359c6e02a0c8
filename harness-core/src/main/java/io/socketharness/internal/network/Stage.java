package io.socketharness.internal.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition at work on one direction of a connection. It gets each packet with the time when it arrives there, and
 * passes it on at that time or later. Only the network's thread calls it.
 */
public abstract class Stage {

    private @Nullable Pipe pipe;
    private @Nullable Stage next;
    /** How much had entered the pipe when the condition took effect. */
    private long numbersBefore;

    private long bytesBefore;

    /** Connects it with the pipe, from whose present position it counts. */
    final void connect(Pipe to) {
        pipe = to;
        numbersBefore = to.numbers();
        bytesBefore = to.bytes();
    }

    final void next(@Nullable Stage stage) {
        next = stage;
    }

    /** The condition takes effect. */
    void begin(long at) {}

    /** A packet arrives. */
    abstract void enter(Packet packet, long at);

    /** Whether the server must read nothing more from the client. */
    boolean stopsReading() {
        return false;
    }

    /** The condition has no effect any more: data that would never leave is passed on. */
    void end(long at) {}

    /** The offset in its direction of an offset since the condition took effect. */
    final long total(long offset) {
        return bytesBefore + offset;
    }

    /** The number of a datagram, counted from 1 since the condition took effect; not positive if it entered before. */
    final long number(Packet packet) {
        return packet.number() - numbersBefore;
    }

    /** The offset of a packet's first byte, counted from 0 since the condition took effect. */
    final long offset(Packet packet) {
        return packet.offset() - bytesBefore;
    }

    /** Passes a packet on at a time. */
    final void pass(Packet packet, long at) {
        pipe().pass(packet, at, next);
    }

    /** Runs an action at a time. */
    final void later(long at, Runnable action) {
        pipe().later(at, action);
    }

    /** Passes on a copy of a packet, too. */
    final void duplicate(Packet packet, long at) {
        pipe().entering(packet.size());
        pipe().copies(packet, 1);
        pipe().note(packet, "duplicated");
        pass(packet, at);
    }

    /** Divides a packet of a stream into parts of at most a number of bytes. */
    final List<Packet> divide(Packet packet, int largest) {
        if (packet.size() <= largest) {
            return List.of(packet);
        }
        List<Packet> parts = new ArrayList<>();
        for (int from = 0; from < packet.size(); from += largest) {
            parts.add(packet.part(from, Math.min(packet.size(), from + largest)));
        }
        divided(parts.size() - 1);
        return parts;
    }

    /** Notes that packets have been divided into more, or joined to fewer. */
    final void divided(int additional) {
        pipe().divided(additional);
    }

    /** Notes that the end of a packet is cut off. */
    final void shortened(Packet packet, int bytes) {
        pipe().leave(bytes);
        pipe().note(packet, "truncated to " + (packet.size() - bytes) + " bytes");
    }

    /** Ends the way of a packet. */
    final void lose(Packet packet) {
        pipe().gone(packet);
        pipe().copies(packet, -1);
        pipe().note(packet, "lost");
    }

    /** Drops data after an end that a condition has made. */
    final void discard(Packet packet) {
        pipe().gone(packet);
    }

    /** Notes a change of a packet. */
    final void note(Packet packet, String what) {
        pipe().note(packet, what);
    }

    /** Notes that a packet stays in the network until the condition ends. */
    final void hold(Packet packet) {
        pipe().hold(packet);
    }

    /** Passes on a packet that {@link #hold} has noted. */
    final void release(Packet packet, long at) {
        pipe().release(packet);
        pass(packet, at);
    }

    /** Ends the stream after the packets that were passed on. */
    final void cut(Packet end, long at) {
        pipe().entering(0);
        pass(end, at);
    }

    private Pipe pipe() {
        Pipe known = pipe;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }
}
