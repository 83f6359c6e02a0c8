package io.socketharness.internal.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection through the simulated network: data enters, passes the stages in their order, and leaves
 * at the outlet. Only the network's thread calls it, except for the methods that say what is on its way.
 */
public final class Pipe {

    /** Where data leaves the network. */
    public interface Outlet {

        /** Takes data that has arrived. It may take it later, see {@link Pipe#gone}. */
        void deliver(Packet packet);

        /** Notes what a condition has done to data. */
        void note(Packet packet, String what);

        /** There are more copies of data than before, or fewer. */
        default void copies(Packet packet, int more) {}

        /** The conditions have changed. */
        default void changed() {}

        /** Less is on its way: data was delivered, lost, or is held back. */
        default void settled() {}
    }

    /** A condition with its stage, from the moment it takes effect. */
    private record Active(Object owner, Condition condition, Stage stage) {}

    private final Timeline timeline;
    private final Direction direction;
    private final boolean stream;
    private final Outlet outlet;
    private final Chances chances;
    private final AtomicLong bytesOnTheirWay = new AtomicLong();
    private final AtomicInteger packetsOnTheirWay = new AtomicInteger();
    /** Of those on their way, the packets and bytes that stay until a condition ends. */
    private final AtomicInteger held = new AtomicInteger();

    private final AtomicLong heldBytes = new AtomicLong();

    private List<Active> active = List.of();
    private @Nullable Stage first;
    private long numbers;
    private long bytes;

    /** The random decisions of a direction of a connection. */
    @FunctionalInterface
    public interface Chances {
        Chance of(Condition condition, int occurrence);
    }

    Pipe(Timeline timeline, Direction direction, boolean stream, Chances chances, Outlet outlet) {
        this.timeline = timeline;
        this.direction = direction;
        this.stream = stream;
        this.chances = chances;
        this.outlet = outlet;
    }

    /** Notes that data is going to enter. Any thread may call it, before it hands the data to the network's thread. */
    void entering(int size) {
        bytesOnTheirWay.addAndGet(size);
        packetsOnTheirWay.incrementAndGet();
    }

    /** Data enters that {@link #entering} has noted. */
    void enter(byte[] data, @Nullable Object context, long at) {
        Packet packet = Packet.data(stream ? 0 : ++numbers, bytes, data, context);
        bytes += data.length;
        pass(packet, at, first);
    }

    /** The sender ends its direction of the stream, as {@link #entering} has noted. */
    void end(End end, long at) {
        pass(Packet.end(bytes, end, null), at, first);
    }

    /** The number of datagrams that have entered. */
    long numbers() {
        return numbers;
    }

    /** The number of bytes that have entered. */
    long bytes() {
        return bytes;
    }

    /**
     * Sets the conditions. Those that stay keep their state: numbers, delayed data and decisions.
     *
     * @param wanted by their owner, from the outermost; a condition stays if it and its owner are the same objects
     */
    void use(List<Placed> wanted, long at) {
        List<Active> before = active;
        List<Active> now = new ArrayList<>();
        List<Stage> begun = new ArrayList<>();
        for (Placed one : wanted) {
            for (Condition condition : one.conditions()) {
                if (!condition.appliesTo(direction)) {
                    continue;
                }
                Active known = find(before, one.owner(), condition, now);
                if (known == null) {
                    known = new Active(one.owner(), condition, stage(condition, now));
                    begun.add(known.stage());
                }
                now.add(known);
            }
        }
        link(before, now);
        active = now;
        before.stream()
                .filter(one -> !now.contains(one))
                .forEach(one -> one.stage().end(at));
        begun.forEach(stage -> stage.begin(at));
        outlet.changed();
    }

    private static @Nullable Active find(List<Active> among, Object owner, Condition condition, List<Active> taken) {
        for (Active one : among) {
            if (one.owner() == owner && one.condition() == condition && !taken.contains(one)) {
                return one;
            }
        }
        return null;
    }

    private Stage stage(Condition condition, List<Active> before) {
        // the same condition for one direction and for both must not make the same decisions
        Condition both = condition.with(Direction.BOTH);
        int occurrence = (int) before.stream()
                .filter(other -> other.condition().with(Direction.BOTH).equals(both))
                .count();
        Stage stage = condition.stage(new Place(stream, chances.of(condition, occurrence)));
        stage.connect(this);
        return stage;
    }

    /** A stage that has ended passes its data to the next one that stays. */
    private void link(List<Active> before, List<Active> now) {
        for (int i = 0; i < before.size(); i++) {
            Stage ended = before.get(i).stage();
            ended.next(before.subList(i + 1, before.size()).stream()
                    .filter(now::contains)
                    .map(Active::stage)
                    .findFirst()
                    .orElse(null));
        }
        List<Stage> order = new ArrayList<>();
        now.stream().filter(one -> one.condition().isCounting()).forEach(one -> order.add(one.stage()));
        now.stream().filter(one -> !one.condition().isCounting()).forEach(one -> order.add(one.stage()));
        for (int i = 0; i < order.size(); i++) {
            order.get(i).next(i + 1 < order.size() ? order.get(i + 1) : null);
        }
        first = order.isEmpty() ? null : order.get(0);
    }

    /** Whether the server reads from the client. */
    public boolean reads() {
        return active.stream().noneMatch(one -> one.stage().stopsReading());
    }

    void pass(Packet packet, long at, @Nullable Stage to) {
        timeline.at(at, () -> {
            if (to == null) {
                outlet.deliver(packet);
            } else {
                to.enter(packet, at);
            }
        });
    }

    /** Runs an action at a time. */
    public void later(long at, Runnable action) {
        timeline.at(at, action);
    }

    /** Packets have been divided or joined. */
    void divided(int additional) {
        packetsOnTheirWay.addAndGet(additional);
    }

    /** A packet has left the network: it was delivered as a whole, or lost. */
    public void gone(Packet packet) {
        packetsOnTheirWay.decrementAndGet();
        leave(packet.size());
        outlet.settled();
    }

    /** A packet has arrived; its bytes leave the network when they are read. */
    public void arrived() {
        packetsOnTheirWay.decrementAndGet();
    }

    /** Bytes have left the network; returns how many were there before. */
    public long leave(int size) {
        return bytesOnTheirWay.getAndAdd(-size);
    }

    void note(Packet packet, String what) {
        outlet.note(packet, what);
    }

    void copies(Packet packet, int more) {
        outlet.copies(packet, more);
    }

    void hold(Packet packet) {
        held.incrementAndGet();
        heldBytes.addAndGet(packet.size());
        outlet.settled();
    }

    void release(Packet packet) {
        held.decrementAndGet();
        heldBytes.addAndGet(-packet.size());
    }

    /** The number of bytes in the network. */
    public long onTheirWay() {
        return bytesOnTheirWay.get();
    }

    /** The number of bytes that stay until a condition ends. */
    public long heldBytes() {
        return heldBytes.get();
    }

    /** Whether everything that entered has left, except for data that stays until a condition ends. */
    public boolean isFlushed() {
        // first: a packet that is held back in the meantime does not count for another one
        int staying = held.get();
        return packetsOnTheirWay.get() <= staying;
    }

    /** Whether nothing is in the network. */
    public boolean isEmpty() {
        return packetsOnTheirWay.get() == 0;
    }
}
