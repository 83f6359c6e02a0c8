package io.socketharness;

import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.recording.Recording;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.tls.ServerTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    static {
        ServerAccess.register(new ServerAccess() {
            @Override
            protected RunningServer runningOf(FakeServer server) {
                return server.running;
            }

            @Override
            protected FakeServer startAt(ServerSpec spec, long origin) {
                return FakeServer.startAt(spec, origin);
            }
        });
    }

    private final RunningServer running;

    private FakeServer(RunningServer running) {
        this.running = running;
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
        return startAt(whole, System.nanoTime());
    }

    private static FakeServer startAt(ServerSpec spec, long origin) {
        try {
            return new FakeServer(RunningServer.start(spec, origin));
        } catch (IOException failed) {
            throw new ServerStartException(spec, failed);
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
        return running.endpoint().host();
    }

    /**
     * The port that the server is bound to.
     *
     * @return never 0
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public int port() {
        return running.endpoint().port();
    }

    /**
     * The address that a client on this machine uses.
     *
     * @return {@link #host()}, resolved, and {@link #port()}
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public InetSocketAddress address() {
        return running.endpoint().address();
    }

    /**
     * The path of a Unix socket's file.
     *
     * @return the one asked for, or a private one
     * @throws UnsupportedOperationException if the transport has none, or the socket has an abstract name
     */
    public Path path() {
        return running.endpoint().path();
    }

    /**
     * The address that a client on this machine uses, of whatever kind the transport has.
     *
     * @return the same as {@link #address()} where there is a port, a {@link java.net.UnixDomainSocketAddress} where there is
     *     a path
     */
    public SocketAddress socketAddress() {
        return running.endpoint().socketAddress();
    }

    /**
     * The address as a URI, such as {@code tcp://127.0.0.1:41233} or {@code unix:///run/x.sock}.
     *
     * @return transport, host and port, or transport and path
     */
    public URI uri() {
        return running.endpoint().uri();
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
        return running.properties(templates.length == 0 ? spec().properties() : List.of(templates));
    }

    /**
     * The server's TLS, and the trust in it for its clients. It is there whatever the transport: a script may begin TLS
     * in the middle of a conversation. The certificate is made when it is first needed.
     *
     * @return always the same object
     */
    public ServerTls tls() {
        return running.tls();
    }

    /**
     * What was specified.
     *
     * @return the specification, with the scripts
     */
    public ServerSpec spec() {
        return running.spec();
    }

    /**
     * What the server has seen.
     *
     * @return always the same object, which grows; it stays readable when the server is closed
     */
    public Recording recording() {
        return running.recorder().recording();
    }

    /**
     * The connections so far, open or not, in the order of acceptance; on datagrams, one for each source. Any thread may
     * send on them, close or reset them; receiving is for the one that serves it.
     *
     * @return a copy
     */
    public List<Connection> connections() {
        return running.connections();
    }

    /**
     * Waits for a client that no script serves, and leaves its connection to the calling thread, from the first byte.
     *
     * @return the connection that has waited longest
     * @throws AssertionError if none comes within the server's timeout
     * @throws IllegalStateException if a script serves every connection, or the server is closed
     */
    public Connection accept() {
        return running.accept();
    }

    /**
     * Gives a script for one connection: the one that has waited longest, else the next one that comes and has none.
     *
     * @param steps what the server does on it, in order
     * @throws IllegalArgumentException if a step is wrong, or the transport cannot do it
     * @throws IllegalStateException if the server is closed
     */
    public void enqueue(Behaviour... steps) {
        running.enqueue(Script.of(steps));
    }

    /**
     * Sends to every open connection. A client that has gone is passed over.
     *
     * @param bytes what to send, as it is; on datagrams, as one datagram to each source
     */
    public void broadcast(byte[] bytes) {
        running.broadcast(bytes);
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
        running.refuse();
    }

    /**
     * Lets clients in again, on the same port.
     *
     * @throws IllegalStateException if another program has taken the port meanwhile, which cannot be on Linux
     */
    public void listen() {
        running.listen();
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
        throwIfWrong(running.verifier().verify());
    }

    /**
     * Judges what has gone wrong so far, and not what is owed: for a server that lives on. Each thing is told once, here
     * or by {@link #verify()}.
     *
     * @throws AssertionError for the first thing that is wrong, with the others suppressed
     */
    public void verifyNoFailures() {
        throwIfWrong(running.verifier().verifyNoFailures());
    }

    private void throwIfWrong(Optional<Fault> fault) {
        if (fault.isPresent()) {
            throw running.recorder().reportedBy(fault.get().error());
        }
    }

    /**
     * Ends the server: open connections are closed, threads stopped, the port is free. It takes a second at most, whatever
     * the clients do, and system properties that it has set are what they were. It never throws and never judges; a
     * second call does nothing.
     */
    @Override
    public void close() {
        running.close();
    }

    /** Transport, address and state, such as {@code FakeServer{tcp://127.0.0.1:41233, listening}}. */
    @Override
    public String toString() {
        return "FakeServer{" + running + "}";
    }
}
