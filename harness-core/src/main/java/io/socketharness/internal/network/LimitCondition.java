package io.socketharness.internal.network;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A direction of a stream ends after a number of bytes.
 *
 * @param bytes that pass
 * @param end what follows them; null for nothing
 */
public record LimitCondition(long bytes, @Nullable End end, Direction direction) implements Condition {

    public LimitCondition {
        if (bytes < 0) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes is out of range; 0 or more is allowed");
        }
    }

    @Override
    public Condition with(Direction newDirection) {
        return new LimitCondition(bytes, end, newDirection);
    }

    @Override
    public Optional<String> refusal(Medium medium) {
        if (medium == Medium.DATAGRAMS) {
            return Optional.of("datagrams have no connection that could end after a number of bytes; to lose datagrams,"
                    + " use drop or loss");
        }
        return medium == Medium.UNIX_STREAM && end == End.RESET
                ? Optional.of("Unix sockets have no RST; use limit " + bytes + " close")
                : Optional.empty();
    }

    @Override
    public boolean isCounting() {
        return true;
    }

    @Override
    public Stage stage(Place place) {
        End how = end;
        return how == null ? new Stop() : new Cutter(how);
    }

    /** Passes the bytes before the limit. */
    private abstract class Counter extends Stage {

        @Override
        final void enter(Packet packet, long at) {
            long left = bytes - offset(packet);
            if (left <= 0) {
                beyond(packet, at);
            } else if (packet.size() < left) {
                pass(packet, at);
            } else {
                pass(packet.part(0, (int) left), at);
                reached(at);
                if (packet.size() > left) {
                    divided(1);
                    beyond(packet.part((int) left, packet.size()), at);
                }
            }
        }

        @Override
        final void begin(long at) {
            if (bytes == 0) {
                reached(at);
            }
        }

        abstract void reached(long at);

        abstract void beyond(Packet packet, long at);
    }

    private final class Cutter extends Counter {

        private final End how;

        Cutter(End how) {
            this.how = how;
        }

        @Override
        void reached(long at) {
            cut(Packet.end(total(bytes), how, LimitCondition.this), at);
        }

        @Override
        void beyond(Packet packet, long at) {
            discard(packet);
        }
    }

    private final class Stop extends Counter {

        private final Held held = new Held(this);

        @Override
        void reached(long at) {
            // nothing follows
        }

        @Override
        void beyond(Packet packet, long at) {
            held.add(packet, at);
        }

        @Override
        void end(long at) {
            held.release(at);
        }
    }

    @Override
    public String toString() {
        return direction.after("limit " + bytes + " " + Limits.word(end));
    }
}
