package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.recording.Recorder;
import io.socketharness.recording.Recording;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Conversation;
import io.socketharness.script.Durations;
import io.socketharness.script.Script;
import io.socketharness.script.Wire;
import io.socketharness.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running fake server: if you hold one, it is bound and lets clients in.
 *
 * <pre>{@code
 * try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"))) {
 *     new LineClient(server.address()).ping();
 *     server.verify();
 * }
 * }</pre>
 *
 * <p>Scripts given to {@code start} serve every connection; each call of {@link #enqueue} gives one for one connection, in
 * the order of acceptance. A connection that no script serves waits, read and recorded, in order of arrival, until
 * {@code enqueue} or {@link #accept()} claims the oldest. A stream for which no script is left waits so for the server's
 * timeout, then fails and is closed. A server that was never given a script takes everything and records it.
 *
 * <p>{@link #verify()} alone judges; {@link #close()} releases. All methods may be called from any thread.
 */
public final class FakeServer implements AutoCloseable {

    private final ServerSpec spec;
    private final Recorder recorder;
    private final Reception reception;
    private final Listener listener;
    private final ServerTls tls;
    private final Judge judge;
    private final List<Served> served = new CopyOnWriteArrayList<>();
    private final Workers workers = new Workers();
    private final Endpoint endpoint;
    private final SystemProperties systemProperties = new SystemProperties();
    private volatile String state = "listening";
    private volatile boolean closed;

    private FakeServer(ServerSpec spec, long origin) throws IOException {
        this.spec = spec;
        this.recorder = new Recorder(spec.toString(), spec.recordingLimit(), spec.timeout(), this::takeIn, origin);
        this.reception = new Reception(spec.script().orElse(null), spec.scripts());
        this.judge = new Judge(spec, recorder, reception, served);
        this.tls = new ServerTls(spec.tls(), spec.host());
        Junixsocket.checkFor(spec);
        this.listener = switch (spec.transport()) {
            case TCP, TLS -> new StreamListener(this, new TcpAddress(spec));
            case UNIX ->
                new StreamListener(this, spec.unix().isAbstract() ? new AbstractAddress(spec) : new UnixAddress(spec));
            case UDP, DTLS -> new DatagramListener(this, spec, new UdpPort(spec));
            case UNIX_DATAGRAM -> new DatagramListener(this, spec, new UnixDatagramPort(spec));
        };
        this.endpoint = listener.endpoint();
        recorder.title(
                endpoint.title() + spec.name().map(name -> " [" + name + "]").orElse(""));
        try {
            listener.listen();
        } catch (RuntimeException | Error failed) {
            listener.close();
            throw failed;
        }
    }

    /**
     * Starts a server.
     *
     * @param url what to start, see {@link ServerSpec#parse}, such as {@code tcp:} or {@code udp://[::1]:0}
     * @param steps what it does on every connection, in order; none to record, and to be given scripts later
     * @return the server, bound and accepting
     * @throws IllegalArgumentException if the URL or a step is wrong, or the transport cannot do a step
     * @throws ServerStartException if it cannot be bound
     */
    public static FakeServer start(String url, Behaviour... steps) {
        return start(ServerSpec.parse(url), steps);
    }

    /**
     * Starts a server.
     *
     * @param spec what to start
     * @param steps what it does on every connection, in order, in place of the specification's own script; none for that
     * @return the server, bound and accepting
     * @throws IllegalArgumentException if a step is wrong, or the transport cannot do it
     * @throws ServerStartException if it cannot be bound
     */
    public static FakeServer start(ServerSpec spec, Behaviour... steps) {
        ServerSpec whole = steps.length == 0
                ? spec
                : spec.toBuilder().script(Script.of(steps)).build();
        return startFrom(whole, System.nanoTime());
    }

    /** Starts a server whose times count from {@code origin}, as {@link System#nanoTime()} tells time. */
    static FakeServer startFrom(ServerSpec spec, long origin) {
        try {
            FakeServer server = new FakeServer(spec, origin);
            server.setSystemProperties();
            return server;
        } catch (IOException failed) {
            throw new ServerStartException(spec, failed);
        }
    }

    private void setSystemProperties() {
        try {
            systemProperties.set(properties());
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /**
     * The host that a client on this machine uses: the one specified; for a server bound to all addresses, the loopback
     * address.
     *
     * @return a name or an address without brackets
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public String host() {
        return endpoint.host();
    }

    /**
     * The port that the server is bound to.
     *
     * @return never 0
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public int port() {
        return endpoint.port();
    }

    /**
     * The address that a client on this machine uses.
     *
     * @return {@link #host()}, resolved, and {@link #port()}
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public InetSocketAddress address() {
        return endpoint.address();
    }

    /**
     * The path of a Unix socket's file.
     *
     * @return the one asked for, or a private one
     * @throws UnsupportedOperationException if the transport has none, or the socket has an abstract name
     */
    public Path path() {
        return endpoint.path();
    }

    /**
     * The address that a client on this machine uses, of whatever kind the transport has.
     *
     * @return the same as {@link #address()} where there is a port, a {@link java.net.UnixDomainSocketAddress} where there is
     *     a path
     */
    public SocketAddress socketAddress() {
        return endpoint.socketAddress();
    }

    /**
     * The address as a URI, such as {@code tcp://127.0.0.1:41233} or {@code unix:///run/x.sock}.
     *
     * @return transport, host and port, or transport and path
     */
    public URI uri() {
        return endpoint.uri();
    }

    /**
     * Where the server is, in the properties of the code under test: for whatever takes them as a map, such as the test
     * extensions of Micronaut and Quarkus. This sets none; {@link ServerSpecBuilder#properties} does.
     *
     * @param templates a name, {@code =} and a value each, such as <code>mail.smtp.port=${port}</code>; what they may refer
     *     to is said there. None for those of the specification
     * @return names and values, in that order; may be changed
     * @throws IllegalArgumentException if one is of another form, a name is there twice, or the transport has none of what
     *     one refers to
     */
    public Map<String, String> properties(String... templates) {
        PropertyTemplates asked = new PropertyTemplates(templates.length == 0 ? spec.properties() : List.of(templates));
        asked.check(spec.transport());
        return asked.values(this);
    }

    /** The path, or the abstract name behind an @, as scripts know it too. */
    String variablePath() {
        return endpoint.variables().getOrDefault("path", "");
    }

    /**
     * The server's TLS, and the trust in it for its clients. It is there whatever the transport: a script may begin TLS
     * in the middle of a conversation. The certificate is made when it is first needed.
     *
     * @return always the same object
     */
    public ServerTls tls() {
        return tls;
    }

    /**
     * What was specified.
     *
     * @return the specification, with the scripts
     */
    public ServerSpec spec() {
        return spec;
    }

    /**
     * What the server has seen.
     *
     * @return always the same object, which grows; it stays readable when the server is closed
     */
    public Recording recording() {
        return recorder.recording();
    }

    /**
     * The connections so far, open or not, in the order of acceptance; on datagrams, one for each source. Any thread may
     * send on them, close or reset them; receiving is for the one that serves it.
     *
     * @return a copy
     */
    public List<Connection> connections() {
        return served.stream().map(s -> s.conversation().shared()).toList();
    }

    /**
     * Waits for a client that no script serves, and leaves its connection to the calling thread, from the first byte.
     *
     * @return the connection that has waited longest
     * @throws AssertionError if none comes within the server's timeout
     * @throws IllegalStateException if a script serves every connection, or the server is closed
     */
    public Connection accept() {
        if (reception.servesAll()) {
            throw new IllegalStateException(
                    title() + ": its script serves every connection, so that none is left for accept();"
                            + " start it without a script");
        }
        AtomicReference<Served> first = new AtomicReference<>();
        boolean unused =
                recorder.awaitWithIntake(() -> closed || first.updateAndGet(this::oldest) != null, spec.timeout());
        Served accepted = first.get();
        if (accepted == null && closed) {
            throw isOver();
        }
        if (accepted == null) {
            throw recorder.reportedBy(new AssertionError(title() + ": waited for "
                    + (served.isEmpty() ? "a client" : "another client") + " to connect, for "
                    + Durations.describe(spec.timeout()) + "\n\n" + recording()));
        }
        return accepted.conversation().held();
    }

    private IllegalStateException isOver() {
        return new IllegalStateException(title() + " is closed; no connection comes any more");
    }

    private @Nullable Served oldest(@Nullable Served known) {
        return known != null ? known : reception.poll().orElse(null);
    }

    /**
     * Gives a script for one connection: the one that has waited longest, else the next one that comes and has none.
     *
     * @param steps what the server does on it, in order
     * @throws IllegalArgumentException if a step is wrong, or the transport cannot do it
     * @throws IllegalStateException if the server is closed
     */
    public void enqueue(Behaviour... steps) {
        if (closed) {
            throw isOver();
        }
        Script script = Script.of(steps);
        spec.check(script);
        reception.enqueue(script);
        recorder.changed();
    }

    /**
     * Sends to every open connection. A client that has gone is passed over.
     *
     * @param bytes what to send, as it is; on datagrams, as one datagram to each source
     */
    public void broadcast(byte[] bytes) {
        served.stream().findFirst().ifPresent(any -> any.conversation().shared().broadcast(bytes));
    }

    /**
     * Sends text in UTF-8 to every open connection. A client that has gone is passed over.
     *
     * @param text what to send, as it is; on datagrams, as one datagram to each source
     */
    public void broadcast(String text) {
        broadcast(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Lets no client in from now on: connecting is refused ("Connection refused") until {@link #listen()}. Connections
     * that are open stay open. On Linux no moment passes in which another program could get the port; elsewhere it is
     * free meanwhile.
     *
     * @throws UnsupportedOperationException on datagrams, where a bound port takes everything and a free one could be lost
     */
    public void refuse() {
        Interrupts.defer(listener::refuse);
        changeState("refusing");
    }

    /**
     * Lets clients in again, on the same port.
     *
     * @throws IllegalStateException if another program has taken the port meanwhile, which cannot be on Linux
     */
    public void listen() {
        Interrupts.defer(listener::listen);
        changeState("listening");
    }

    /** A closed server stays closed. */
    private synchronized void changeState(String now) {
        if (!closed) {
            state = now;
        }
    }

    /**
     * Judges the server: first drains what the system holds, then waits for outstanding steps, up to the server's timeout. The
     * timeout limits the wait for the client: the server's own threads get two seconds more to look at what has come by then.
     * On an interrupted thread, and on a closed server, it does not wait for outstanding steps.
     *
     * <p>Wrong are: a step that the client did not meet, a step that expects or sends and was never reached, what came
     * after a script's end, a connection that no script was left for, a script that no connection ran (unless the server
     * is optional), and a behaviour that threw.
     *
     * @throws AssertionError for the first thing that is wrong, with the others suppressed
     */
    public void verify() {
        throwIfWrong(judgeAll());
    }

    Optional<Verdict> judgeAll() {
        return judge.verify(this::takeIn);
    }

    /**
     * Judges what has gone wrong so far, and not what is owed: for a server that lives on. Each thing is told once, here
     * or by {@link #verify()}.
     *
     * @throws AssertionError for the first thing that is wrong, with the others suppressed
     */
    public void verifySoFar() {
        throwIfWrong(judgeSoFar());
    }

    Optional<Verdict> judgeSoFar() {
        return judge.verifySoFar(this::takeIn);
    }

    /** Judges what has gone wrong, and what is still owed, when the test itself has failed. */
    Optional<Verdict> judgeCutShort() {
        return judge.verifyCutShort(this::takeIn);
    }

    private void throwIfWrong(Optional<Verdict> verdict) {
        if (verdict.isPresent()) {
            throw recorder.reportedBy(verdict.get().error());
        }
    }

    /** Where its connections stood when the test failed, though nothing is wrong with them. */
    Optional<AssertionError> standing() {
        return judge.standing();
    }

    /**
     * Ends the server: open connections are closed, threads stopped, the port is free. It takes a second at most, whatever
     * the clients do, and system properties that it has set are what they were. It never throws and never judges; a
     * second call does nothing.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            state = "closed";
        }
        systemProperties.restore();
        Interrupts.defer(listener::close);
        recorder.changed();
        workers.end(title(), () -> Interrupts.defer(listener::release));
        recorder.end();
        judge.warnIfUnseen();
    }

    private void takeIn() {
        if (!closed) {
            Interrupts.defer(listener::takeIn);
        }
    }

    String title() {
        return recording().title();
    }

    Recorder recorder() {
        return recorder;
    }

    List<Served> served() {
        return served;
    }

    boolean isClosed() {
        return closed;
    }

    /** Begins the exchange with a client. */
    ExchangeRecorder open(Peer peer) {
        ExchangeRecorder exchange =
                recorder.open(peer.address(), peer.name(), spec.transport().isDatagrams());
        exchange.credentials(peer.credentials());
        return exchange;
    }

    Conversation conversation(Wire wire, ExchangeRecorder exchange, Peer peer) {
        Map<String, String> known = new HashMap<>(endpoint.variables());
        known.putAll(peer.variables());
        Conversation conversation = new Conversation(wire, exchange, spec.timeout(), known, this::open);
        conversation.messageLimit(spec.messageLimit());
        return conversation;
    }

    private List<Conversation> open() {
        List<Conversation> open = new ArrayList<>();
        for (Served one : served) {
            if (one.isOpen()) {
                open.add(one.conversation());
            }
        }
        return open;
    }

    /** Whoever sees the exchange of a client can send to it. */
    void arrived(Served connection, ExchangeRecorder exchange) {
        served.add(connection);
        exchange.publish();
        reception.arrived(connection);
        recorder.changed();
    }

    void withdraw(Served connection) {
        reception.withdraw(connection);
    }

    boolean isScripted() {
        return reception.wasScripted();
    }

    void giveUp(Served connection) {
        reception.giveUp(connection);
    }

    void giveBack(Served probe) {
        reception.giveBack(probe);
    }

    /** Notes that one of its threads cannot go on; what that was is the test's to know, whatever was thrown. */
    void failed(String message, Throwable cause) {
        judge.failed(message + ": " + (cause instanceof IOException ? cause.getMessage() : cause), cause);
    }

    /** Notes what its threads go on in spite of: it is told if the test fails. */
    void hindered(String message, IOException cause) {
        judge.hindered(message + ": " + cause.getMessage(), cause);
    }

    Thread listen(Runnable task) {
        return workers.start(title() + " listener", task);
    }

    void converse(Conversation conversation, Runnable task) {
        Thread unused =
                workers.start(title() + " connection " + conversation.exchange().index(), task);
    }

    /** Transport, address and state, such as {@code FakeServer{tcp://127.0.0.1:41233, listening}}. */
    @Override
    public String toString() {
        return "FakeServer{" + title() + ", " + state + "}";
    }
}
