package io.socketharness.internal.network;

import io.socketharness.network.NetworkCondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The simulated network of one connection: a pipe for each direction, and the conditions of the connection's own. */
public final class Link {

    private static final String PERFECT = "perfect";

    private final SimulatedNetwork network;
    private final Pipe toClient;
    private final Pipe toServer;
    /** The conditions that the test has set. */
    private Placed test = Placed.of(List.of());
    /** The conditions of each run of a script. */
    private final Map<Object, Placed> runs = new LinkedHashMap<>();

    private final Consumer<String> changes;
    private String known = PERFECT;

    Link(SimulatedNetwork network, Consumer<String> changes, Pipe toClient, Pipe toServer) {
        this.network = network;
        this.changes = changes;
        this.toClient = toClient;
        this.toServer = toServer;
    }

    /** Replaces the conditions that the test has set for this connection. */
    public synchronized void conditions(List<NetworkCondition> conditions) {
        test = Placed.of(conditions);
        changed();
    }

    /** Replaces the conditions of a run of a script. Those that stay keep their state. */
    public synchronized void conditions(Object run, List<NetworkCondition> conditions) {
        if (conditions.isEmpty()) {
            runs.remove(run);
        } else {
            runs.put(run, Placed.of(run, conditions));
        }
        changed();
    }

    /** Applies the present conditions to data that enters from now on. Data that has entered keeps its conditions. */
    public synchronized void changed() {
        List<Placed> all = new ArrayList<>();
        all.add(network.conditions());
        all.add(test);
        all.addAll(runs.values());
        describe(all);
        long at = System.nanoTime();
        network.thread().execute(() -> {
            toClient.use(all, at);
            toServer.use(all, at);
        });
    }

    private void describe(List<Placed> all) {
        String words = all.stream()
                .flatMap(placed -> placed.conditions().stream())
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String now = words.isEmpty() ? PERFECT : words + " (seed " + network.seed() + ")";
        if (!now.equals(known)) {
            known = now;
            changes.accept(now);
        }
    }

    /** Data enters on its way to the client. It may come from any thread. */
    public void send(byte[] data, @Nullable Object context) {
        enter(toClient, data, context);
    }

    /** Data enters on its way to the server. It may come from any thread. */
    public void receive(byte[] data, @Nullable Object context) {
        enter(toServer, data, context);
    }

    private void enter(Pipe pipe, byte[] data, @Nullable Object context) {
        long at = System.nanoTime();
        pipe.entering(data.length);
        network.thread().execute(() -> pipe.enter(data, context, at));
    }

    /** The server half-closes its stream. */
    public void endOutput() {
        end(toClient, End.FIN);
    }

    /** The client half-closes or resets its stream. */
    public void endInput(End end) {
        end(toServer, end);
    }

    private void end(Pipe pipe, End end) {
        long at = System.nanoTime();
        pipe.entering(0);
        network.thread().execute(() -> pipe.end(end, at));
    }

    public NetworkThread thread() {
        return network.thread();
    }

    public Pipe toClient() {
        return toClient;
    }

    public Pipe toServer() {
        return toServer;
    }

    /** The connection is over. */
    public void close() {
        network.forget(this);
    }
}
