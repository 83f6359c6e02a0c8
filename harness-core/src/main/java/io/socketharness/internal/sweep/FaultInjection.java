package io.socketharness.internal.sweep;

import io.socketharness.Transport;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.Injection;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.script.ClientGone;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import io.socketharness.sweep.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Traces the dialogues of one run, and injects its fault. */
final class FaultInjection implements Injection {

    /** Null in a clean run. */
    private final @Nullable PlannedFault fault;

    private final @Nullable CleanRun clean;
    private final Comparison comparison;
    /** How long a delayed message waits at most, in nanoseconds. */
    private final long longestDelay;

    private final int mostConnections;
    private final List<SweptChannel> channels = new CopyOnWriteArrayList<>();
    private volatile @Nullable RunningServer server;
    private volatile boolean fired;
    private volatile int openAtFault;
    /** When the message of a delay begins to wait, and for how long; the run may be judged before it ends. */
    private volatile long delayBegun;

    private volatile @Nullable Duration delay;
    private volatile @Nullable String divergence;
    private volatile @Nullable String obstacle;

    /** A clean run. */
    FaultInjection(Comparison comparison) {
        this(null, null, comparison, 0, Integer.MAX_VALUE);
    }

    /** A run with a fault, which ends when more than {@code mostConnections} are open. */
    FaultInjection(
            @Nullable PlannedFault fault,
            @Nullable CleanRun clean,
            Comparison comparison,
            long longestDelay,
            int mostConnections) {
        this.fault = fault;
        this.clean = clean;
        this.comparison = comparison;
        this.longestDelay = longestDelay;
        this.mostConnections = mostConnections;
    }

    /** Begins, before a client can connect. */
    void begin(RunningServer started) {
        server = started;
        PlannedFault planned = fault;
        if (planned != null
                && planned.place().isIn(Kind.ACCEPT)
                && planned.place().connection() == 0) {
            refuseOrIgnore(planned, started);
        }
    }

    private void refuseOrIgnore(PlannedFault planned, RunningServer started) {
        if (planned.effect() != Effect.REFUSE && planned.effect() != Effect.IGNORE) {
            return;
        }
        try {
            if (planned.effect() == Effect.REFUSE) {
                started.refuse();
            } else {
                started.ignore();
            }
            // otherwise the client has already opened the connection that is to be refused
            if (channels.size() <= planned.place().connection()) {
                fired();
            }
        } catch (UnsupportedOperationException | IllegalStateException impossible) {
            obstacle = impossible.getMessage();
        }
    }

    @Override
    public TransportChannel attach(TransportChannel transport, ExchangeRecorder exchange) {
        SweptChannel channel = new SweptChannel(transport, this, exchange);
        channels.add(channel);
        return channel;
    }

    @Override
    public void opened(ExchangeRecorder exchange) {
        int index = exchange.exchange().index();
        RunningServer running = server;
        PlannedFault planned = fault;
        CleanRun before = clean;
        if (planned == null || before == null || running == null) {
            return;
        }
        Place place = planned.place();
        if (index >= before.connections().size()) {
            running.runtime().dispatcher().repeat(place.connection());
        }
        List<SweptChannel> opened =
                channels.stream().filter(one -> one.index() == index).toList();
        if (place.isIn(Kind.ACCEPT) && index == place.connection() - 1) {
            CountDownLatch done = new CountDownLatch(1);
            opened.forEach(one -> one.holdUntil(done));
            // the thread that accepts must not wait for itself
            running.runtime().listen(() -> {
                refuseOrIgnore(planned, running);
                done.countDown();
            });
        }
        opened.forEach(SweptChannel::opened);
    }

    /** The fault of a connection, if it has one that can still happen. */
    @Nullable
    PlannedFault faultOf(int connection) {
        PlannedFault planned = fault;
        if (planned == null || channels.size() > mostConnections || divergence != null) {
            return null;
        }
        int first = planned.place().connection();
        return connection == first || planned.persistent() && connection > first ? planned : null;
    }

    /**
     * Whether the dialogue of a connection so far is that of the clean run before the fault. If it is not, the fault
     * never happens.
     *
     * @param connection the index of the connection
     * @param trace the messages before the fault
     * @param next the message with the fault; null if it has not arrived, or there is none
     */
    boolean isAsBefore(
            int connection, ConnectionTrace trace, @Nullable TracedMessage next, Map<String, String> address) {
        PlannedFault planned = fault;
        CleanRun before = clean;
        if (planned == null || before == null) {
            return false;
        }
        List<TracedMessage> expected = before.messages(planned.place().connection());
        List<TracedMessage> found = new ArrayList<>(trace.messages());
        if (next != null) {
            found.add(next);
        }
        for (int i = 0; i < found.size(); i++) {
            if (i >= expected.size()
                    || !comparison.areEqual(found.get(i), address, expected.get(i), before.address())) {
                if (connection != planned.place().connection()) {
                    // a later connection may have another dialogue, and then has no fault
                    return false;
                }
                TracedMessage other = found.get(i);
                divergence = "message " + (i + 1) + " was "
                        + MessageLabel.of(other.fromServer(), other.bytes(), comparison.text(other.bytes(), address));
                return false;
            }
        }
        return true;
    }

    /** The messages of the clean run, on the connection of a fault. */
    List<TracedMessage> messages(PlannedFault planned) {
        CleanRun before = Objects.requireNonNull(clean);
        return before.messages(planned.place().connection());
    }

    /** Whether TLS is used from the first byte. */
    boolean beginsWithTls() {
        CleanRun before = clean;
        return before != null && before.transport() == Transport.TLS;
    }

    /** Runs a task on a thread that ends with the server. */
    void inBackground(Runnable task) {
        RunningServer running = Objects.requireNonNull(server);
        running.runtime().listen(() -> {
            try {
                task.run();
            } catch (ServerClosed | OutputClosed | ClientGone over) {
                // the run is over
            }
        });
    }

    /** Notes that the fault has happened. */
    synchronized void fired() {
        if (!fired) {
            openAtFault = channels.size();
            fired = true;
        }
    }

    /** Whether a connection was open before the fault. */
    boolean wasOpen(int connection) {
        return connection < openAtFault;
    }

    /** Notes that the fault cannot happen, and why. */
    void cannot(String reason) {
        obstacle = reason;
    }

    /** Notes that the message of a delay begins to wait. */
    void delayBegins() {
        delayBegun = System.nanoTime();
    }

    void delayEnds() {
        delay = delay();
    }

    /** How long the message of a delay has waited; zero without one. */
    Duration delay() {
        Duration ended = delay;
        if (ended != null) {
            return ended;
        }
        return delayBegun == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - delayBegun);
    }

    boolean hasFired() {
        return fired;
    }

    /** How the dialogue differs from the clean run, before the fault. */
    @Nullable
    String divergence() {
        return divergence;
    }

    @Nullable
    String obstacle() {
        return obstacle;
    }

    long longestDelay() {
        return longestDelay;
    }

    int connections() {
        return channels.size();
    }

    /** The dialogues so far, in the order of the connections. */
    List<ConnectionTrace> traces() {
        return channels.stream().map(SweptChannel::trace).toList();
    }

    /** Ends what a fault holds back, so that the end of each client is visible. */
    void release() {
        channels.forEach(SweptChannel::release);
    }

    /** Whether a fault has happened on a connection. */
    boolean hasFault(int connection) {
        return channels.stream().anyMatch(one -> one.index() == connection && one.hasFired());
    }
}
