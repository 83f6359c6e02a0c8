package io.socketharness.internal.network;

import io.socketharness.internal.Durations;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data of a stream within a time leaves as one segment. */
public record CoalesceCondition(Duration window, Direction direction) implements Condition {

    public CoalesceCondition {
        Durations.requirePositive("the time", window);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new CoalesceCondition(window, newDirection);
    }

    @Override
    public Optional<String> refusal(Medium medium) {
        return medium == Medium.DATAGRAMS
                ? Optional.of("each datagram is a message, and two cannot become one")
                : Optional.empty();
    }

    @Override
    public Stage stage(Place place) {
        return new Collector();
    }

    private final class Collector extends Stage {

        private final List<Packet> waiting = new ArrayList<>();

        @Override
        void enter(Packet packet, long at) {
            if (waiting.isEmpty() && packet.end() == null) {
                long leaves = at + window.toNanos();
                later(leaves, () -> leave(leaves));
            }
            if (waiting.isEmpty() && packet.end() != null) {
                pass(packet, at);
            } else {
                waiting.add(packet);
            }
        }

        private void leave(long at) {
            List<Packet> data =
                    waiting.stream().filter(one -> one.end() == null).toList();
            Packet first = data.get(0);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            data.forEach(one -> all.writeBytes(one.data()));
            divided(1 - data.size());
            pass(first.with(all.toByteArray()), at);
            waiting.stream().filter(one -> one.end() != null).forEach(end -> pass(end, at));
            waiting.clear();
        }
    }

    @Override
    public String toString() {
        return direction.after("coalesce " + Durations.format(window));
    }
}
