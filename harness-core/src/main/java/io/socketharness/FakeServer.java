package io.socketharness;

import io.socketharness.internal.runtime.Injection;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.network.NetworkCondition;
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

/**
 * A running fake server. It is bound and accepts clients from the moment that {@code start} returns.
 *
 * <pre>{@code
 * try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"))) {
 *     new LineClient(server.address()).ping();
 *     server.verify();
 * }
 * }</pre>
 *
 * <p>Steps given to {@code start} are a script that serves every connection. Each call of {@link #enqueue} adds a
 * script for one connection, in the order of acceptance. A connection without a script waits in order of arrival, and
 * its input is read and recorded. {@code enqueue} or {@link #accept()} claims the oldest waiting connection. If all
 * scripts are used, a new stream connection waits for the server's timeout, then fails and is closed. A server that was
 * never given a script accepts and records everything.
 *
 * <p>Only {@link #verify()} and {@link #verifyNoFailures()} report failures. {@link #close()} only releases resources.
 * All methods may be called from any thread.
 */
public final class FakeServer implements AutoCloseable {

    static {
        ServerAccess.register(new ServerAccess() {
            @Override
            protected RunningServer runningOf(FakeServer server) {
                return server.running;
            }

            @Override
            protected FakeServer startAt(ServerSpec spec, long origin, Injection injection) {
                return FakeServer.startAt(spec, origin, injection);
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
     * @param url the transport, the address and options, as described at {@link ServerSpec#parse}; such as {@code tcp:}
     *     or {@code udp://[::1]:0}
     * @param steps the steps for every connection, in order; without steps the server records, and scripts can be added
     *     later
     * @return the server, bound and accepting
     * @throws IllegalArgumentException if the URL or a step is invalid, or the transport does not support a step
     * @throws ServerStartException if the server cannot be bound
     */
    public static FakeServer start(String url, Behaviour... steps) {
        return start(ServerSpec.parse(url), steps);
    }

    /**
     * Starts a server.
     *
     * @param spec the specification of the server
     * @param steps the steps for every connection, in order; they replace the script of the specification, which is
     *     used if there are no steps
     * @return the server, bound and accepting
     * @throws IllegalArgumentException if a step is invalid, or the transport does not support it
     * @throws ServerStartException if the server cannot be bound
     */
    public static FakeServer start(ServerSpec spec, Behaviour... steps) {
        ServerSpec whole = steps.length == 0
                ? spec
                : spec.toBuilder().script(Script.of(steps)).build();
        return startAt(whole, System.nanoTime(), Injection.NONE);
    }

    /**
     * Starts a server that replays a tape.
     *
     * @param url the transport, the address and options, as described at {@link ServerSpec#parse}; such as {@code tcp:}
     * @param tape the tape
     * @return the server, bound and accepting
     * @throws IllegalArgumentException if the URL is invalid, or the tape cannot be replayed over the transport
     * @throws ServerStartException if the server cannot be bound
     */
    public static FakeServer start(String url, Tape tape) {
        return start(ServerSpec.parse(url), tape);
    }

    /**
     * Starts a server that replays a tape.
     *
     * @param spec the specification of the server, without scripts
     * @param tape the tape
     * @return the server, bound and accepting
     * @throws IllegalArgumentException if the tape cannot be replayed over the transport
     * @throws ServerStartException if the server cannot be bound
     */
    public static FakeServer start(ServerSpec spec, Tape tape) {
        return start(spec.toBuilder().tape(tape).build());
    }

    private static FakeServer startAt(ServerSpec spec, long origin, Injection injection) {
        try {
            return new FakeServer(RunningServer.start(spec, origin, injection));
        } catch (IOException failed) {
            throw new ServerStartException(spec, failed);
        }
    }

    /**
     * Returns the host that a client on this machine uses. This is the specified host, or the loopback address for a
     * server bound to all addresses.
     *
     * @return a name, or an address without brackets
     * @throws UnsupportedOperationException on Unix sockets, which have no host
     */
    public String host() {
        return running.endpoint().host();
    }

    /**
     * Returns the port that the server is bound to.
     *
     * @return the port, never 0
     * @throws UnsupportedOperationException on Unix sockets, which have no port
     */
    public int port() {
        return running.endpoint().port();
    }

    /**
     * Returns the address that a client on this machine uses.
     *
     * @return {@link #host()}, resolved, and {@link #port()}
     * @throws UnsupportedOperationException on Unix sockets, which have neither
     */
    public InetSocketAddress address() {
        return running.endpoint().address();
    }

    /**
     * Returns the path of the file of a Unix socket.
     *
     * @return the specified path, or the private one that was created
     * @throws UnsupportedOperationException if the transport has no path, or the socket has an abstract name
     */
    public Path path() {
        return running.endpoint().path();
    }

    /**
     * Returns the address that a client on this machine uses, for any transport.
     *
     * @return {@link #address()} if the transport has ports; a {@link java.net.UnixDomainSocketAddress} if it has paths
     */
    public SocketAddress socketAddress() {
        return running.endpoint().socketAddress();
    }

    /** {@return the address as a URI, such as {@code tcp://127.0.0.1:41233} or {@code unix:///run/x.sock}} */
    public URI uri() {
        return running.endpoint().uri();
    }

    /**
     * Returns properties with the server's address, for the configuration of the code under test. Use it where
     * properties are passed as a map, as in the test extensions of Micronaut and Quarkus. This method sets no system
     * properties; {@link ServerSpecBuilder#properties} does.
     *
     * @param templates entries of the form {@code name=value}, such as <code>mail.smtp.port=${port}</code>, with the
     *     variables of {@link ServerSpecBuilder#properties}; without any, the templates of the specification are used
     * @return names and values in this order, in a modifiable map
     * @throws IllegalArgumentException if an entry has another form, a name occurs twice, or the transport has no value
     *     for a variable
     */
    public Map<String, String> properties(String... templates) {
        return running.properties(templates.length == 0 ? spec().properties() : List.of(templates));
    }

    /**
     * Returns the TLS of the server, with the certificates that a client must trust. It is available over every
     * transport, because a script may start TLS during a conversation. The certificate is created when it is first
     * needed.
     *
     * @return always the same object
     */
    public ServerTls tls() {
        return running.tls();
    }

    /** {@return the specification of the server, with the scripts} */
    public ServerSpec spec() {
        return running.spec();
    }

    /** {@return the recording of the server, always the same object; it grows, and is still readable after the server was closed} */
    public Recording recording() {
        return running.recorder().recording();
    }

    /**
     * Returns all connections so far, open or closed, in the order of acceptance. On datagrams there is one for each
     * client address. Any thread may send on them, close or reset them. While a script serves a connection, or after it,
     * a receive of another thread throws {@link IllegalStateException}.
     *
     * @return a copy of the list
     */
    public List<Connection> connections() {
        return running.connections();
    }

    /**
     * Waits for a connection and returns it, open or closed. The rules for threads are those of
     * {@link #connections()}. If the server is closed, this method does not wait: it returns a connection that was
     * opened before, and fails for any other.
     *
     * @param index {@link Connection#index()}, 0 for the first
     * @return the connection
     * @throws AssertionError if the connection does not arrive within the server's timeout, or before the server is closed
     * @throws IllegalArgumentException if {@code index} is negative
     */
    public Connection connection(int index) {
        return running.connection(index);
    }

    /**
     * Waits for a connection without a script and hands it to the calling thread, from its first byte.
     *
     * @return the connection that has waited longest
     * @throws AssertionError if no connection arrives within the server's timeout
     * @throws IllegalStateException if a script serves every connection, or the server is closed
     */
    public Connection accept() {
        return running.accept();
    }

    /**
     * Adds a script for one connection. It serves the connection that has waited longest, or else the next new
     * connection without a script.
     *
     * @param steps the steps of the script, in order
     * @throws IllegalArgumentException if a step is invalid, or the transport does not support it
     * @throws IllegalStateException if the server is closed
     */
    public void enqueue(Behaviour... steps) {
        running.enqueue(Script.of(steps));
    }

    /**
     * Replaces the conditions of the simulated network, on open and later connections. They have effect when this method
     * returns. Data that is already in the network keeps its conditions; data that a condition holds back forever passes
     * on. Without a condition, the network is perfect. Conditions of single connections and scripts apply in addition.
     *
     * @param conditions see {@link io.socketharness.network.NetworkConditions}
     * @throws IllegalArgumentException if the transport cannot have a condition
     */
    public void network(NetworkCondition... conditions) {
        running.network(List.of(conditions));
    }

    /**
     * Sends bytes to every open connection. Skips clients that have disconnected.
     *
     * @param bytes the bytes to send, unchanged; on datagrams, as one datagram to each client
     */
    public void broadcast(byte[] bytes) {
        running.broadcast(bytes);
    }

    /**
     * Sends text to every open connection, as {@link #broadcast(byte[])} does.
     *
     * @param text the text to send in UTF-8, unchanged
     */
    public void broadcast(String text) {
        broadcast(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a message to every open connection, on each in the framing of its script. Skips connections without a
     * framing, such as one that has not been upgraded yet, and clients that have disconnected; their recording says so.
     *
     * @param message the message without a frame; on datagrams, one datagram to each client
     * @throws IllegalArgumentException if the message does not fit into a framing
     */
    public void broadcastMessage(byte[] message) {
        running.broadcastMessage(message);
    }

    /**
     * Refuses new connections ("Connection refused") until {@link #listen()} is called. Open connections stay open. On
     * Linux the port stays reserved. On other systems it is free until then, and another program can bind it.
     *
     * <p>On datagrams, the server neither receives nor sends until then. It first receives all datagrams that have
     * arrived; one that arrives during this call may be lost. A send records {@code NOT_SENT} and has no other effect.
     * Conversations continue after {@code listen()}. The client gets:
     * <ul>
     *   <li>over UDP and DTLS, ICMP "port unreachable". A client whose socket is connected gets an error at its next send
     *       or receive, such as {@link java.net.PortUnreachableException}. Other clients get no answer
     *   <li>over Unix sockets, "Connection refused" at each send. After {@code listen()}, a client whose socket was
     *       connected before must connect again
     * </ul>
     *
     * @throws UnsupportedOperationException if the system does not answer with ICMP "port unreachable"; on Linux it
     *     does, unless a firewall drops the answer
     * @throws IllegalStateException if the system has no file descriptor for it
     */
    public void refuse() {
        running.refuse();
    }

    /**
     * Leaves new connection attempts without an answer until {@link #listen()} or {@link #refuse()} is called, so that
     * the connect of a client times out. A client without a time limit of its own waits for about two minutes. Open
     * connections stay open, and clients that have connected are served. One that connects during this call may be
     * reset, or get no data until {@link #listen()} or {@link #refuse()} resets it.
     *
     * <p>It needs Linux, which drops the SYN of a client if the queue of the listening socket is full. The server
     * listens with a short queue and fills it with connections of its own. They are not recorded. After
     * {@code listen()}, a client that still waits connects when it repeats its SYN: 1, 3, 7, … seconds after the first.
     * If {@code tcp_abort_on_overflow} is 1, see tcp(7), a client may get a RST instead of no answer.
     *
     * <p>Over Unix sockets, a connect blocks, without a time limit, until {@code listen()} or {@code refuse()}; the
     * connect of a non-blocking socket fails with EAGAIN ("Resource temporarily unavailable").
     *
     * @throws UnsupportedOperationException on datagrams, whose clients do not connect; on abstract names of Unix
     *     sockets; and where the system answers although the queue is full. Then nothing changes
     * @throws IllegalStateException if the system has no file descriptor for it
     */
    public void ignore() {
        running.ignore();
    }

    /**
     * Simulates a server that crashes: refuses new connections, as {@link #refuse()} does, and resets the open ones. On
     * Unix sockets, which have no RST, it closes them. The scripts of these connections end without a failure. The
     * recording, and the scripts that no connection has run, are kept. {@link #listen()} comes back on the same port.
     *
     * <p>On datagrams, the conversations end, and after {@code listen()} the next datagram of a client begins a new one.
     * A DTLS server then does not know its earlier sessions. A TLS server still resumes them, unless
     * {@link ServerTls#forgetSessions()} is called too.
     *
     * @throws UnsupportedOperationException where {@link #refuse()} throws it; then nothing changes
     */
    public void goDown() {
        running.goDown();
    }

    /**
     * Accepts connections again, on the same port; on datagrams, receives and sends again.
     *
     * @throws IllegalStateException if another program has bound the port. On Linux this cannot happen to a port, except
     *     over UDP if the server is bound to all addresses and the other program to one of them. It can happen to an
     *     abstract name of a Unix socket
     */
    public void listen() {
        running.listen();
    }

    /**
     * Verifies the server: drains pending input, then waits for outstanding steps until the server's timeout. The
     * timeout limits the wait for the client. After it, the server's own threads have two more seconds to process the
     * input received by then. If the thread is interrupted, or the server is closed, this method does not wait for
     * outstanding steps.
     *
     * <p>Failures are:
     * <ul>
     *   <li>a step that the client did not satisfy
     *   <li>an expecting or sending step that was not reached
     *   <li>input after the end of a script
     *   <li>a connection for which no script was left
     *   <li>a script that no connection ran, unless the server is optional
     *   <li>a behaviour that threw an exception
     * </ul>
     *
     * @throws AssertionError for the first failure, with the others suppressed
     */
    public void verify() {
        running.verify();
    }

    /**
     * Verifies that nothing has failed so far, and ignores outstanding steps. Use it for a server that continues to
     * run. Each failure is reported once, either here or by {@link #verify()}.
     *
     * @throws AssertionError for the first failure, with the others suppressed
     */
    public void verifyNoFailures() {
        running.verifyNoFailures();
    }

    /**
     * Closes the server: closes open connections, stops the threads and releases the port. It takes at most a second,
     * regardless of the clients. System properties that the server has set get their previous values back. This method
     * never throws and never verifies. A second call has no effect.
     */
    @Override
    public void close() {
        running.close();
    }

    /** Returns transport, address and state, such as {@code FakeServer{tcp://127.0.0.1:41233, listening}}. */
    @Override
    public String toString() {
        return "FakeServer{" + running + "}";
    }
}
