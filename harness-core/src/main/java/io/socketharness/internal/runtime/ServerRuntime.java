package io.socketharness.internal.runtime;

import io.socketharness.ServerSpec;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.network.SimulatedNetwork;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Secrets;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.script.engine.ConversationServer;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.spec.SeedProperty;
import io.socketharness.internal.spec.SpecChecks;
import io.socketharness.network.NetworkCondition;
import io.socketharness.tls.ServerTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The state that the listener of a server and its connections share: recorder, scripts, connections, threads and
 * failures.
 */
public final class ServerRuntime implements ConversationServer {

    private final ServerSpec spec;
    private final Recorder recorder;
    private final ScriptDispatcher dispatcher;
    private final ServerTls tls;
    private final ServerFailures failures;
    private final List<ServerConnection> connections = new CopyOnWriteArrayList<>();
    private final ServerThreads threads = new ServerThreads();
    private volatile Map<String, String> variables = Map.of();
    private volatile String address = "";
    private volatile @Nullable SimulatedNetwork network;
    private final Injection injection;
    private volatile ServerState state = ServerState.LISTENING;

    /** The runtime of a server whose times start at {@code origin}, in terms of {@link System#nanoTime()}. */
    public ServerRuntime(ServerSpec spec, long origin, Injection injection) {
        this.spec = spec;
        this.injection = injection;
        this.recorder = new Recorder(spec.transport().toString(), spec.recordingLimit(), spec.timeout(), origin);
        this.recorder.secrets(Secrets.matching(spec.redact()));
        injection.begins(recorder);
        this.dispatcher = new ScriptDispatcher(
                spec.script().orElse(null),
                spec.scripts(),
                spec.tape().isPresent(),
                spec.transport().isDatagrams());
        this.tls = new ServerTls(spec.tls(), spec.host(), this::forgetSessions);
        this.failures = new ServerFailures(recorder);
    }

    /** Names the server after its address, which scripts can refer to. */
    public void bound(Endpoint endpoint) {
        variables = endpoint.variables();
        address = endpoint.title();
        recorder.address(variables);
        recorder.name(spec.name().orElse(""));
        recorder.title(address + spec.name().map(name -> " [" + name + "]").orElse(""));
    }

    public ServerSpec spec() {
        return spec;
    }

    public ServerTls tls() {
        return tls;
    }

    public Recorder recorder() {
        return recorder;
    }

    public ScriptDispatcher dispatcher() {
        return dispatcher;
    }

    public ServerFailures failures() {
        return failures;
    }

    private void forgetSessions() {
        connections.forEach(ServerConnection::forgetSession);
    }

    /** All connections so far, in the order of acceptance. */
    public List<ServerConnection> connections() {
        return connections;
    }

    /**
     * Drops the oldest connections that have ended, with their recordings, if there are many. A server that replays a
     * tape, or has datagrams, keeps them: they may continue.
     *
     * @param most how many connections are kept
     */
    public void forgetEnded(int most) {
        if (spec.tape().isPresent() || spec.transport().isDatagrams()) {
            return;
        }
        int surplus = connections.size() - most;
        for (ServerConnection one : List.copyOf(connections)) {
            if (surplus-- <= 0) {
                return;
            }
            ExchangeRecorder exchange = ExchangeRecorder.of(one.conversation().exchange());
            if (!one.isOpen()
                    && exchange.exchange().isEnded()
                    && one.conversation().completion().isSettled()) {
                connections.remove(one);
                dispatcher.forget(one);
                recorder.forget(exchange);
            }
        }
    }

    /** All connections so far, each with its script if one serves it. */
    public List<ServerConnection> assignedConnections() {
        return dispatcher.assigned(connections);
    }

    /** The address for clients. */
    public String address() {
        return address;
    }

    public String title() {
        return recorder.recording().title();
    }

    public ServerState state() {
        return state;
    }

    public boolean isClosed() {
        return state == ServerState.CLOSED;
    }

    /**
     * Notes whether the server accepts clients. A closed server stays closed, and later exceptions of its threads are
     * not failures.
     *
     * @param now the new state
     * @param remark what reports say about it; may be empty
     * @return whether the server was not closed before
     */
    public boolean enter(ServerState now, String remark) {
        synchronized (this) {
            if (isClosed()) {
                return false;
            }
            state = now;
            recorder.remark(remark);
        }
        recorder.changed();
        return true;
    }

    /** Begins the exchange with a client. */
    public ExchangeRecorder open(RemoteClient client) {
        ExchangeRecorder exchange =
                recorder.open(client.address(), client.name(), spec.transport().isDatagrams());
        exchange.client().credentials(client.credentials());
        return exchange;
    }

    public Conversation conversation(TransportChannel transport, ExchangeRecorder exchange, RemoteClient client) {
        Map<String, String> known = new HashMap<>(variables);
        known.putAll(client.variables());
        TransportChannel used = injection.attach(transport, exchange);
        Conversation conversation = new Conversation(used, exchange, spec.timeout(), known, this);
        conversation.messageLimit(spec.messageLimit());
        return conversation;
    }

    @Override
    public void check(List<NetworkCondition> conditions) {
        SpecChecks.check(spec.transport(), conditions);
    }

    /** Replaces the network conditions of the server, on open and later connections. */
    public void network(List<NetworkCondition> conditions, SelectorProvider provider) {
        if (network == null && conditions.isEmpty()) {
            return;
        }
        simulatedNetwork(provider).conditions(conditions);
        connections.forEach(ServerConnection::simulateNetwork);
        simulatedNetwork(provider).sync();
    }

    @Override
    public List<Conversation> openConversations() {
        List<Conversation> open = new ArrayList<>();
        for (ServerConnection one : connections) {
            if (one.isOpen()) {
                open.add(one.conversation());
            }
        }
        return open;
    }

    /**
     * Adds a connection and assigns its script. It is added before its exchange is visible, so that broadcasts reach
     * it.
     */
    public void arrived(ServerConnection connection, ExchangeRecorder exchange) {
        injection.opened(exchange);
        dispatcher.arrived(connection, () -> {
            connections.add(connection);
            exchange.publish();
        });
        recorder.changed();
    }

    /** Notes that one of the server's threads cannot continue. */
    public void failed(String message, Throwable cause) {
        failures.failed(message + ": " + (cause instanceof IOException ? cause.getMessage() : cause), cause);
    }

    /** Notes a problem after which the server continues. It is reported if the test fails. */
    public void reportProblem(String message, IOException cause) {
        failures.reportProblem(message + ": " + cause.getMessage(), cause);
    }

    /** Whether the server has network conditions, or had some. */
    public boolean isNetworkSimulated() {
        return network != null || !spec.network().isEmpty();
    }

    /** The simulated network, which begins with the first call. */
    public synchronized SimulatedNetwork simulatedNetwork(SelectorProvider provider) {
        SimulatedNetwork known = network;
        if (known == null && isClosed()) {
            throw new IllegalStateException(title() + " is closed");
        }
        if (known == null) {
            try {
                known = new SimulatedNetwork(
                        seed(), spec.network(), provider, thrown -> failed("its simulated network failed", thrown));
            } catch (IOException noDescriptor) {
                throw new UncheckedIOException(
                        title() + " cannot simulate a network: " + noDescriptor.getMessage(), noDescriptor);
            }
            threads.start(title() + " network", known.thread());
            network = known;
        }
        return known;
    }

    /** The chosen seed, which the dialogues show. */
    private long seed() {
        long seed = spec.seed() != 0 ? spec.seed() : SeedProperty.value();
        while (seed == 0) {
            seed = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        }
        return seed;
    }

    /** Whether data of a client is in the simulated network and will arrive. */
    public boolean hasInputOnItsWay() {
        SimulatedNetwork simulated = network;
        return simulated != null
                && (spec.transport().isDatagrams()
                        ? simulated.hasInputOnItsWay()
                        : connections.stream().anyMatch(ServerConnection::hasInputOnItsWay));
    }

    /** Ends the thread of the simulated network. */
    public synchronized void endNetwork() {
        SimulatedNetwork known = network;
        if (known != null) {
            known.close();
        }
    }

    public Thread listen(Runnable task) {
        return threads.start(title() + " listener", task);
    }

    @Override
    public void converse(Conversation conversation, Runnable task) {
        threads.start(title() + " connection " + conversation.exchange().index(), task);
    }

    /** Ends the threads of the server. {@code release} closes the channels of those that do not end by themselves. */
    public void endThreads(Runnable release) {
        threads.end(title(), release);
    }
}
