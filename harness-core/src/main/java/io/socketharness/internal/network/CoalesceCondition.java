package io.socketharness.internal.network;

import io.socketharness.internal.Durations;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;

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
            // data that another condition has delayed can arrive behind later data
            Queue<Packet> data = waiting.stream()
                    .filter(one -> one.end() == null)
                    .sorted(Comparator.comparingLong(Packet::offset))
                    .collect(Collectors.toCollection(ArrayDeque::new));
            while (!data.isEmpty()) {
                pass(join(data), at);
            }
            waiting.stream().filter(one -> one.end() != null).forEach(end -> pass(end, at));
            waiting.clear();
        }

        /** Takes the first data, with what follows it in the stream. */
        private Packet join(Queue<Packet> data) {
            Packet first = data.remove();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(first.data());
            for (Packet next = data.peek();
                    next != null && next.offset() == first.offset() + all.size();
                    next = data.peek()) {
                all.writeBytes(next.data());
                data.remove();
                divided(-1);
            }
            return first.with(all.toByteArray());
        }
    }

    @Override
    public String toString() {
        return direction.after("coalesce " + Durations.format(window));
    }
}
