package io.socketharness.script;

import io.socketharness.internal.script.text.Hex;
import io.socketharness.internal.script.text.Template;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Exchange;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A conversation with one client, as a behaviour sees it; on datagrams, with one client address.
 *
 * <p>TCP has no messages, so each receive specifies how much it reads: a line, a number of bytes, a delimiter, a
 * {@link Framing}, or all input until the client closes. The result does not depend on how the client split its writes.
 * On datagrams, every receive reads one datagram.
 *
 * <p>Only one thread may receive: the one that runs the behaviour, or that got the connection from {@code accept()}.
 * Any thread may send. A receive waits until the server is closed; on a connection from {@code accept()}, it waits up
 * to the server's timeout. {@link #within(Duration)} sets another limit. A line or message may have up to 1 MiB unless
 * the server's {@code messageLimit} sets another limit.
 *
 * <p>In addition to the exceptions in their descriptions, methods throw
 * <ul>
 *   <li>{@link EndOfInput} if they receive, and the client closes before it has sent the whole message
 *   <li>{@link DeadlineExceeded} if they wait for the client, and it does not send or read within the limit, or if another
 *       send is still in progress then
 *   <li>{@link ClientGone} if they send, and the system refuses the bytes because the client has closed or reset the
 *       connection
 *   <li>{@link ServerClosed} after the server was closed
 * </ul>
 *
 * <p>This interface is not for implementation: behaviours and framings accept only connections of a server.
 */
public interface Connection {

    /**
     * Returns this connection with a limit for each receive and send. A receive or send that takes longer throws
     * {@link DeadlineExceeded}. The connection is then still usable, and a partly received message is unread again.
     *
     * @param newLimit the maximum time of a receive or send
     * @return another view of the same connection
     */
    Connection within(Duration newLimit);

    /**
     * Receives a line, ended by CRLF or LF; on datagrams, a datagram.
     *
     * @return the line without its end
     */
    String receiveLine();

    /**
     * Receives a line like {@link #receiveLine()}, as bytes.
     *
     * @return the line without its end
     */
    byte[] receiveLineBytes();

    /**
     * Receives a number of bytes. On datagrams, receives the beginning of the next datagram; the rest of it is lost, as
     * with recvfrom(2).
     *
     * @param count the number of bytes
     * @return that many bytes, or all bytes of a shorter datagram
     */
    byte[] receive(int count);

    /**
     * Receives up to a delimiter. Streams only.
     *
     * @param delimiter at least one byte
     * @return the bytes before the delimiter, which is read too
     */
    byte[] receiveUntil(byte... delimiter);

    /**
     * Receives a message in {@code framing}. Streams only.
     *
     * @param framing the framing
     * @return the message without its frame
     */
    byte[] receive(Framing framing);

    /**
     * Receives all input until the client closes its output. Streams only.
     *
     * @return the input; may be empty
     * @throws EndOfInput if the client resets the connection instead
     */
    byte[] receiveToEnd();

    /**
     * Receives a datagram. Datagrams only.
     *
     * @return the whole datagram
     */
    byte[] receiveDatagram();

    /**
     * Receives the next available input, at least one byte. Use it for relays, echoes and other code that does not
     * depend on message boundaries. On datagrams, receives a datagram.
     *
     * @return all available input
     * @throws EndOfInput if the client has closed and all input was received
     */
    byte[] receiveAvailable();

    /**
     * Receives a message in the current framing; without a framing, a line or a datagram.
     *
     * @return the message without its frame
     */
    byte[] receiveMessage();

    /**
     * Receives a message that is read in several parts. A failure names the message, not the part. If the message is
     * incomplete, all of it is unread again.
     *
     * @param what a description of the message, such as {@code the head of a request}
     * @param parts receives the parts on this connection and combines them
     * @param <T> the type of the combined message
     * @return the result of {@code parts}
     */
    <T> T receive(String what, Supplier<T> parts);

    /**
     * Discards the unread input that has arrived. Does not wait.
     *
     * @return whether the client has closed (FIN or RST); always false on datagrams
     */
    boolean discardAvailable();

    /**
     * Sends nothing more and waits until the client closes. Up to 1 MiB of input is recorded and never unexpected. More
     * input is not read, so that the client's sends block.
     */
    void stall();

    /**
     * Waits until input arrives or the client closes.
     *
     * @return true if the client has closed (FIN or RST) and all input was received; always false on datagrams
     */
    boolean atEnd();

    /**
     * Sends bytes; on datagrams, as one datagram. Waits while the client does not read. A datagram is not sent while the
     * server refuses clients ({@code FakeServer.refuse()}); the event {@code NOT_SENT} is recorded instead.
     *
     * @param bytes the bytes, sent unchanged
     * @throws ClientGone if the system refuses the bytes because the client has closed or reset the connection; if a
     *     behaviour has not yet received all earlier input, the event {@code NOT_SENT} is recorded instead
     * @throws OutputClosed if the server has closed, half-closed or reset the connection
     * @throws java.io.UncheckedIOException if the system refuses a datagram that is larger than the transport allows
     */
    void send(byte[] bytes);

    /**
     * Sends text in the connection's charset (UTF-8 unless the script sets another); on datagrams, as one datagram.
     *
     * @param text the text, sent unchanged
     */
    void send(String text);

    /**
     * Sends a line with an end of line: CRLF unless the script's {@code eol} sets another. On datagrams, sends only the
     * text.
     *
     * @param line text without line breaks
     */
    void sendLine(String line);

    /**
     * Sends a message in the current framing. Without a framing, and on datagrams, the message is sent unchanged. From
     * a test thread, and from the code of another connection, it has the framing of the script that serves this
     * connection: the framing for the step after the script's last send. So a message that follows an answer which
     * changes the framing, as the upgrade to WebSocket does, always has the new framing.
     *
     * @param message the message without a frame
     * @throws IllegalArgumentException if the message does not fit into the framing
     */
    void sendMessage(byte[] message);

    /**
     * Sends a message written in hex in the current framing, as {@link #sendMessage} does. The hex may contain text in
     * quotes, base64 and variables, as in {@link Behaviours#sendHex}.
     *
     * @param hex such as <code>${id} 81 80 07 "example" 00</code>, with or without white space between the bytes
     * @throws IllegalArgumentException if the hex is malformed, no variable has a name that it contains, or the message
     *     does not fit into the framing
     */
    default void sendHex(String hex) {
        Template message = Hex.template(hex);
        message.variables().forEach(this::variable);
        sendMessage(message.bytes(this));
    }

    /**
     * Sends several messages as one write: all that the calling thread sends on this connection in {@code sends},
     * whether as bytes, lines or messages of a framing, leaves together when {@code sends} returns. It is one TCP
     * segment if it fits, and one TLS record up to 16 KiB. Streams only.
     *
     * <p>Nothing leaves before, so {@code sends} must not wait for the client. Sends of other threads on this connection
     * wait until the batch is sent. If {@code sends} throws, nothing is sent. A batch within a batch is a part of it.
     *
     * @param sends sends on this connection
     * @throws UnsupportedOperationException on datagrams, where each message is a datagram
     * @throws OutputClosed if the server has closed, half-closed or reset the connection
     */
    void batch(Runnable sends);

    /**
     * Replaces the network conditions of this connection, in addition to those of the server and of its script. Data
     * that is already in the network keeps its conditions; data that a condition holds back forever passes on. Without
     * a condition, this connection has none of its own.
     *
     * @param conditions see {@link io.socketharness.network.NetworkConditions}
     * @throws IllegalArgumentException if the transport cannot have a condition
     */
    void network(NetworkCondition... conditions);

    /**
     * Sends bytes to every open connection of the server, including this one. On each connection they follow a send
     * that is in progress. Skips clients that have disconnected.
     *
     * @param bytes the bytes, sent unchanged
     */
    void broadcast(byte[] bytes);

    /**
     * Sends a message to every open connection of the server, including this one, on each in the framing of its script.
     * Skips connections without a framing, such as one that has not been upgraded yet, and clients that have
     * disconnected; their recording says so. On datagrams, sends a datagram to every client.
     *
     * @param message the message without a frame
     * @throws IllegalArgumentException if the message does not fit into a framing
     */
    void broadcastMessage(byte[] message);

    /**
     * Waits for a time. Input that arrives meanwhile is recorded, and the next receive reads it.
     *
     * @param duration the time
     */
    void pause(Duration duration);

    /**
     * Half-closes the connection: the client reads all sent data, then the end (FIN), and may still send. Streams only.
     * If a test thread calls this while a script serves the connection, its remaining steps are not outstanding.
     */
    void halfClose();

    /**
     * Closes the connection: the client reads all sent data, then the end (FIN). The server continues to read input for
     * at most 200 ms. Otherwise the system would answer that input with a RST, which could overtake the sent data. On
     * datagrams the conversation ends; later datagrams from this client are recorded but not answered. If a test thread
     * calls this while a script serves the connection, the script ends as with {@code @close}: no step is outstanding.
     */
    void close();

    /**
     * Closes the connection at once, as close(2) does: the client gets what was sent before, with TLS also a close_notify,
     * then the end. The server reads nothing more. Streams only. If a test thread calls this while a script serves the
     * connection, the script ends as with {@code @close now}: no step is outstanding.
     *
     * <p>The client notices if it sends more, or if the system holds input that the server has not read:
     * <ul>
     *   <li>Over TCP, the system answers with a RST. The client's sends fail ("Connection reset" or "Broken pipe"). Its reads
     *       may fail too, and it may lose data that it has not read yet.
     *   <li>Over a Unix socket, the client's sends fail with "Broken pipe" (EPIPE). It loses no data. If the server has not
     *       read all input, the client's next read at the end, or a send that is blocked, fails with "Connection reset"
     *       (ECONNRESET).
     * </ul>
     * The recording has the event {@code CLOSED}, but neither the unread input nor what the client notices.
     *
     * @throws UnsupportedOperationException on datagrams
     */
    void closeNow();

    /**
     * Resets the connection: the client gets a RST ("Connection reset by peer") and may lose data sent before. If a
     * test thread calls this while a script serves the connection, the script ends as with {@code @reset}: no step is
     * outstanding.
     *
     * @throws UnsupportedOperationException on datagrams and Unix sockets, which have no RST
     */
    void reset();

    /**
     * Establishes TLS on an unencrypted connection, as STARTTLS does, and waits until the handshake is complete. The
     * client's hello must be the next input. Later sends and receives are encrypted. Streams only; over {@code tls},
     * TLS is already established.
     *
     * @throws ClientGone if the handshake fails, or the client sends unencrypted input; the message contains the reason
     * @throws DeadlineExceeded if the client does not start the handshake within the limit
     */
    void startTls();

    /**
     * Returns the TLS of this connection, for faults during or after the handshake.
     *
     * @return operations on the TLS of this connection
     */
    ConnectionTls tls();

    /**
     * Continues the conversation from a new port, as TFTP servers do (RFC 1350, section 4). Later sends come from a new
     * port of the server's host. Datagrams of this client to the new port and to the server's port are received. UDP
     * only.
     *
     * @throws UnsupportedOperationException on any other transport
     */
    void moveToNewPort();

    /**
     * Runs a behaviour whose sends leave from another port: a new port of the server's host, which is closed when the
     * behaviour returns. The recording shows them as sent, with the port. Only sends on the connection that the
     * behaviour gets leave from there; other sends and broadcasts leave from the server's port. Nothing is received at
     * the new port. UDP only.
     *
     * @param sends such as {@code Behaviours.sendLine("13:13")}, or a lambda that sends
     * @throws UnsupportedOperationException on any other transport
     * @throws Exception that {@code sends} throws
     */
    void fromOtherPort(Behaviour sends) throws Exception;

    /** {@return whether this is a conversation of datagrams; false for a stream} */
    boolean isDatagrams();

    /** {@return the charset of sent and received text: UTF-8 unless the script sets another} */
    Charset charset();

    /** {@return the end of the lines that {@link #sendLine} sends on a stream: CRLF unless the script sets another} */
    Eol eol();

    /** {@return the framing of {@link #receiveMessage} and {@link #sendMessage}; empty if messages are lines or datagrams} */
    Optional<Framing> framing();

    /**
     * Sets the framing of messages for the rest of the behaviour, or of the script's block.
     *
     * @param framing the framing
     */
    void useFraming(Framing framing);

    /** {@return the maximum size of a line or message in bytes: 1 MiB unless the server's {@code messageLimit} sets another} */
    int messageLimit();

    /** {@return the client's address; empty if the client has none} */
    Optional<SocketAddress> client();

    /** {@return the index of this connection on its server, 0 for the first} */
    int index();

    /**
     * Returns the variables of this conversation. They contain groups and messages captured by the script,
     * {@code host}, {@code port}, {@code client.port} and similar values, and values that a behaviour adds. Text refers
     * to them as <code>${name}</code>.
     *
     * @return a map that any thread may change
     */
    Map<String, Object> variables();

    /**
     * Returns the text of one of the {@linkplain #variables() variables}, as <code>${name}</code> shows it.
     *
     * @param name such as {@code host}, or a group or message captured by the script
     * @return the text
     * @throws IllegalArgumentException if no variable has that name; the message lists the known names
     */
    String variable(String name);

    /** {@return the recording of this connection so far: the exchange in the server's recording} */
    Exchange exchange();

    /** Returns the index and the client, such as {@code connection 0 from 127.0.0.1:50312}. */
    @Override
    String toString();
}
