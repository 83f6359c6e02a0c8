package io.socketharness.internal.server;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.RecordingWait;
import io.socketharness.internal.runtime.Injection;
import io.socketharness.internal.runtime.Listener;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.runtime.ServerState;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.spec.PropertyTemplates;
import io.socketharness.internal.spec.SpecChecks;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.tls.ServerTls;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A running server, from start to close. */
public final class RunningServer {

    private final ServerRuntime runtime;
    private final Listener listener;
    private final Endpoint endpoint;
    private final Verifier verifier;
    private final ReentrantLock changing = new ReentrantLock();
    private final SystemProperties systemProperties = new SystemProperties();
    private volatile WhenPassed whenPassed = () -> () -> {};

    private RunningServer(ServerRuntime runtime, Listener listener, Verifier verifier) {
        this.runtime = runtime;
        this.listener = listener;
        this.endpoint = listener.endpoint();
        this.verifier = verifier;
    }

    /**
     * Binds a server and accepts clients.
     *
     * @param spec what to start
     * @param origin of its times, in terms of {@link System#nanoTime()}
     * @param injection injects faults
     * @return the server
     * @throws IOException if it cannot be bound
     */
    public static RunningServer start(ServerSpec spec, long origin, Injection injection) throws IOException {
        ServerRuntime runtime = new ServerRuntime(spec, origin, injection);
        Listener listener = Listeners.open(runtime);
        Runnable drain = () -> drain(runtime, listener);
        RunningServer server = new RunningServer(runtime, listener, new Verifier(runtime, drain));
        runtime.recorder().drainAction(drain);
        runtime.recorder().failures(server.verifier::reports);
        server.begin();
        return server;
    }

    private void begin() {
        runtime.bound(endpoint);
        try {
            if (runtime.isNetworkSimulated()) {
                runtime.simulatedNetwork(listener.provider());
            }
            listener.listen();
            if (!spec().properties().isEmpty()) {
                systemProperties.set(properties(spec().properties()));
            }
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** An action for the end of a test that has passed. */
    public interface WhenPassed {

        /** Prepares a file; throws if there is none to write. */
        Writing prepare() throws IOException;
    }

    /** Writes what was prepared. */
    public interface Writing {
        void run() throws IOException;
    }

    /** Sets an action for the end of a test that has passed. */
    public void whenPassed(WhenPassed action) {
        whenPassed = action;
    }

    /** Prepares the file for the end of a test that has passed, if there is one. */
    public Writing passed() throws IOException {
        return whenPassed.prepare();
    }

    public ServerRuntime runtime() {
        return runtime;
    }

    public ServerSpec spec() {
        return runtime.spec();
    }

    public ServerTls tls() {
        return runtime.tls();
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public Recorder recorder() {
        return runtime.recorder();
    }

    public Verifier verifier() {
        return verifier;
    }

    /** Verifies the server, and throws the first failure with the others suppressed. */
    public void verify() {
        throwIfWrong(verifier.verify());
    }

    /** The same for the failures so far. */
    public void verifyNoFailures() {
        throwIfWrong(verifier.verifyNoFailures());
    }

    private void throwIfWrong(Optional<Fault> fault) {
        if (fault.isPresent()) {
            throw recorder()
                    .reportedBy(
                            VerifyCapture.captured(runtime, fault.get()),
                            fault.get().report());
        }
    }

    /** The connections so far, for test threads. */
    public List<Connection> connections() {
        return runtime.assignedConnections().stream()
                .map(one -> one.conversation().shared())
                .toList();
    }

    /** Waits for one of the connections, see {@link FakeServer#connection}. */
    public Connection connection(int index) {
        return AwaitedConnection.await(runtime, index).conversation().shared();
    }

    /** Waits for a client that no script serves, see {@link FakeServer#accept()}. */
    public Connection accept() {
        if (runtime.dispatcher().servesAll()) {
            throw new IllegalStateException(
                    runtime.title() + ": its script serves every connection, and accept() would wait forever; start"
                            + " the server without a script");
        }
        AtomicReference<ServerConnection> first = new AtomicReference<>();
        RecordingWait.require(
                recorder(),
                runtime.title(),
                () -> (runtime.connections().isEmpty() ? "a client" : "another client") + " to connect"
                        + whileRefusing(),
                () -> runtime.isClosed() || first.updateAndGet(this::oldest) != null,
                () -> "",
                recorder().recording());
        ServerConnection accepted = first.get();
        if (accepted == null) {
            throw isOver();
        }
        return accepted.conversation().held();
    }

    private String whileRefusing() {
        ServerState state = runtime.state();
        return state == ServerState.LISTENING
                ? ""
                : " (the server is " + state + ": call listen() before the client connects)";
    }

    private IllegalStateException isOver() {
        return new IllegalStateException(runtime.title() + " is closed and accepts no more connections");
    }

    private @Nullable ServerConnection oldest(@Nullable ServerConnection known) {
        return known != null ? known : runtime.dispatcher().poll().orElse(null);
    }

    /** Adds a script for one connection, see {@link FakeServer#enqueue}. */
    public void enqueue(Script script) {
        if (runtime.isClosed()) {
            throw isOver();
        }
        SpecChecks.check(spec().transport(), script);
        runtime.dispatcher().enqueue(script);
        recorder().changed();
    }

    /** Replaces the script for all connections, for those that arrive from now on. */
    public void script(Script script) {
        SpecChecks.check(spec().transport(), script);
        runtime.dispatcher().forAll(script);
    }

    /** Drops old connections that have ended, see {@link ServerRuntime#forgetEnded}. */
    public void forgetEnded(int most) {
        runtime.forgetEnded(most);
    }

    /** Sends to every open connection. */
    public void broadcast(byte[] bytes) {
        connections().stream().findFirst().ifPresent(any -> any.broadcast(bytes));
    }

    /** Sends a message to every open connection, in its framing. */
    public void broadcastMessage(byte[] message) {
        connections().stream().findFirst().ifPresent(any -> any.broadcastMessage(message));
    }

    /** Replaces the conditions of the simulated network, see {@link FakeServer#network}. */
    public void network(List<NetworkCondition> conditions) {
        if (runtime.isClosed()) {
            throw isOver();
        }
        if (!conditions.isEmpty()) {
            runtime.check(conditions);
        }
        runtime.network(conditions, listener.provider());
    }

    /** Refuses new connections from now on. */
    public void refuse() {
        refuse("the server refuses clients: refuse() was called, and listen() accepts them again");
    }

    private void refuse(String remark) {
        change(listener::refuse, ServerState.REFUSING, remark);
    }

    /** Leaves new connection attempts unanswered from now on. */
    public void ignore() {
        Transport transport = spec().transport();
        if (transport.isDatagrams()) {
            throw new UnsupportedOperationException(runtime.title() + " cannot ignore clients: over " + transport
                    + " a client does not connect, so no connect can time out; use a script that does not answer, or"
                    + " the network condition blackhole");
        }
        change(
                listener::ignore,
                ServerState.IGNORING,
                "the server ignores clients: ignore() was called, and listen() accepts them again");
    }

    /** One change at a time: the state is that of the listener. */
    private void change(Runnable action, ServerState to, String remark) {
        changing.lock();
        try {
            Interrupts.defer(action);
            runtime.enter(to, remark);
        } finally {
            changing.unlock();
        }
    }

    /** Refuses new connections, and ends the open ones as a process does that is killed. */
    public void goDown() {
        refuse("the server is down: goDown() was called, and listen() accepts clients again");
        runtime.dispatcher().withdrawAll();
        runtime.connections().forEach(ServerConnection::forget);
        endAll();
    }

    /** Accepts connections again. */
    public void listen() {
        change(listener::listen, ServerState.LISTENING, "");
    }

    /**
     * Ends all connections, since the time limit of the test is over. Notes first what is wrong until now.
     *
     * @param refuse whether to refuse new connections from now on: no other test uses the server
     */
    public void endConnections(boolean refuse) {
        verifier.timeLimitReached();
        if (runtime.isClosed()) {
            return;
        }
        if (refuse && !spec().transport().isDatagrams()) {
            refuse("the server refuses clients: the time limit of the test is over");
        }
        endAll();
    }

    private void endAll() {
        for (ServerConnection one : runtime.assignedConnections()) {
            try {
                one.conversation().abort();
            } catch (RuntimeException endsAlready) {
                // the script or the client ends it at this moment
            }
        }
    }

    /** The values of property templates, see {@link FakeServer#properties}. */
    public Map<String, String> properties(List<String> templates) {
        PropertyTemplates asked = new PropertyTemplates(templates);
        asked.check(spec().transport());
        return asked.values(endpoint, tls());
    }

    /** Closes the server; a second call does nothing. */
    public void close() {
        if (!runtime.enter(ServerState.CLOSED, "")) {
            return;
        }
        systemProperties.restore();
        Interrupts.defer(listener::close);
        recorder().changed();
        runtime.endNetwork();
        runtime.endThreads(() -> Interrupts.defer(listener::release));
        recorder().end();
        verifier.warnIfUnseen();
    }

    private static void drain(ServerRuntime runtime, Listener listener) {
        if (!runtime.isClosed()) {
            Interrupts.defer(listener::drain);
        }
    }

    /** Address and state, such as {@code tcp://127.0.0.1:41233, listening}. */
    @Override
    public String toString() {
        return runtime.title() + ", " + runtime.state();
    }
}
