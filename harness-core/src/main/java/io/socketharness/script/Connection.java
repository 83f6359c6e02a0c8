package io.socketharness.script;

import io.socketharness.recording.Exchange;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One conversation with one client, as a behaviour sees it; for datagrams, with one source address.
 *
 * <p>TCP has no messages: how much a receive takes is always said (a line, a number of bytes, a delimiter, a
 * {@link Framing}, all until the client closes). How the client's bytes were split into writes makes no difference. On
 * datagrams every receive takes one datagram.
 *
 * <p>One thread receives: the one that runs the behaviour, or that got the connection from {@code accept()}. Any thread
 * may send. A receive waits as long as the server lives, on a connection from {@code accept()} as long as the server's
 * timeout; {@link #within(Duration)} sets another limit. A line or message may have up to 1 MiB unless the server's
 * {@code messageLimit} says otherwise.
 *
 * <p>Besides what is said of each method, all of them throw {@link ServerClosed} once the server is closed.
 *
 * <p>This interface is not for implementation: behaviours and framings accept the connections of a server alone.
 */
public interface Connection {

    /**
     * This connection with a limit on each receive and send. When it passes they throw {@link DeadlineExceeded}; the
     * connection stays usable, and what had come of the message is still unread.
     *
     * @param newLimit how long each receive or send may take
     * @return another view of the same connection
     */
    Connection within(Duration newLimit);

    /**
     * Receives a line, ended by CRLF or LF; on datagrams, a datagram.
     *
     * @return the line without its end
     * @throws EndOfInput if the client ends before the line does
     * @throws DeadlineExceeded if it does not come within the limit
     */
    String receiveLine();

    /**
     * Receives a line like {@link #receiveLine()}, as bytes.
     *
     * @return the line without its end
     * @throws EndOfInput if the client ends before the line does
     * @throws DeadlineExceeded if it does not come within the limit
     */
    byte[] receiveLineBytes();

    /**
     * Receives a number of bytes; on datagrams, that many of the next datagram, the rest of which is lost, as
     * recvfrom(2) loses it.
     *
     * @param count how many
     * @return that many bytes; of a shorter datagram, all
     * @throws EndOfInput if the client ends before they have come
     * @throws DeadlineExceeded if they do not come within the limit
     */
    byte[] receive(int count);

    /**
     * Receives up to a delimiter; a stream only.
     *
     * @param delimiter at least one byte
     * @return what stands before it; the delimiter is taken too
     * @throws EndOfInput if the client ends before it comes
     * @throws DeadlineExceeded if it does not come within the limit
     */
    byte[] receiveUntil(byte... delimiter);

    /**
     * Receives a message in {@code framing}; a stream only.
     *
     * @param framing what bounds it
     * @return the message without its frame
     * @throws EndOfInput if the client ends before it is complete
     * @throws DeadlineExceeded if it does not come within the limit
     */
    byte[] receive(Framing framing);

    /**
     * Receives all until the client closes its side; a stream only.
     *
     * @return what came, perhaps nothing
     * @throws EndOfInput if the client resets the connection instead
     * @throws DeadlineExceeded if it does not close within the limit
     */
    byte[] receiveToEnd();

    /**
     * Receives a datagram; datagrams only.
     *
     * @return all of it
     * @throws DeadlineExceeded if none comes within the limit
     */
    byte[] receiveDatagram();

    /**
     * Receives whatever comes next, at least one byte: for relays, echoes and the like, which do not care where messages
     * end. On datagrams, a datagram.
     *
     * @return all that is there
     * @throws EndOfInput if the client has ended and nothing is unread
     * @throws DeadlineExceeded if nothing comes within the limit
     */
    byte[] receiveAvailable();

    /**
     * Receives a message as the current framing bounds it: without one a line, on datagrams a datagram.
     *
     * @return the message without its frame
     * @throws EndOfInput if the client ends before it is complete
     * @throws DeadlineExceeded if it does not come within the limit
     */
    byte[] receiveMessage();

    /**
     * Receives a message that is read in several parts. A failure names the message, not the part; if it does not come
     * whole, all of it is still unread.
     *
     * @param what the message, in words, such as {@code the head of a request}
     * @param parts receives the parts on this connection
     * @param <T> what they are put together to
     * @return the result of {@code parts}
     * @throws EndOfInput if the client ends before it is complete
     * @throws DeadlineExceeded if it does not come within the limit
     */
    <T> T receive(String what, Supplier<T> parts);

    /**
     * Discards what has come and is unread. Does not wait.
     *
     * @return whether the client has ended (FIN or RST); always false on datagrams
     */
    boolean discardAvailable();

    /**
     * Sends nothing more, and waits until the client ends. What it sends meanwhile is recorded up to 1 MiB, then no longer
     * read: the client's sends block. It is never unexpected.
     */
    void stall();

    /**
     * Waits until something comes or the client ends.
     *
     * @return true if the client has ended (FIN or RST) and nothing is unread; always false on datagrams
     * @throws DeadlineExceeded if neither happens within the limit
     */
    boolean atEnd();

    /**
     * Sends bytes; on datagrams, as one datagram. Waits while the client does not read.
     *
     * @param bytes what to send, as it is
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes; in a
     *     behaviour, as long as something that it sent before is unread, the recording notes that instead
     * @throws OutputClosed if the server has closed, half-closed or reset the connection
     * @throws DeadlineExceeded if the client does not read within the limit, or another send has not ended by then
     * @throws java.io.UncheckedIOException if the system refuses a datagram, which is longer than the transport allows
     */
    void send(byte[] bytes);

    /**
     * Sends text in the connection's charset (UTF-8 unless the script says otherwise); on datagrams, as one datagram.
     *
     * @param text what to send, as it is
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes
     * @throws DeadlineExceeded if the client does not read within the limit
     */
    void send(String text);

    /**
     * Sends a line ended by CRLF, or as the script's {@code eol} says; on datagrams, a datagram without any end.
     *
     * @param line text without line breaks
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes
     * @throws DeadlineExceeded if the client does not read within the limit
     */
    void sendLine(String line);

    /**
     * Sends a message in the current framing: without one, and on datagrams, as it is.
     *
     * @param message what to send, without a frame
     * @throws IllegalArgumentException if the framing cannot hold the message
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes
     * @throws DeadlineExceeded if the client does not read within the limit
     */
    void sendMessage(byte[] message);

    /**
     * Sends to every open connection of the server, this one included. Each takes the bytes when the send before has
     * ended; a client that has gone is passed over.
     *
     * @param bytes what to send, as it is
     */
    void broadcast(byte[] bytes);

    /**
     * Waits, and takes in what the client sends meanwhile: it is recorded, and the next receive finds it.
     *
     * @param duration how long
     */
    void pause(Duration duration);

    /**
     * Ends the server's side: the client reads what was sent, then the end (FIN), and may still send. A stream only. Where
     * a test thread does it while a script serves the connection, nothing is outstanding any more.
     */
    void halfClose();

    /**
     * Closes the connection: the client reads what was sent, then the end (FIN). What it still sends is taken in for
     * 200 ms at most, so that the system does not answer it with a RST, which could overtake what was sent. On datagrams
     * the conversation ends; what comes from this source later is recorded and answered by nobody. Where a test thread does
     * it while a script serves the connection, the script ends like at its own {@code @close}: no step is outstanding.
     */
    void close();

    /**
     * Resets the connection: the client gets a RST ("Connection reset by peer"), and may lose what was sent before. Where a
     * test thread does it while a script serves the connection, the script ends like at its own {@code @reset}: no step is
     * outstanding.
     *
     * @throws UnsupportedOperationException on datagrams and Unix sockets, which have no RST
     */
    void reset();

    /**
     * Establishes TLS on a connection in clear, as STARTTLS does, and waits for it: the client's hello must be the next
     * thing that it sends. From here on what is sent and received goes through TLS. A stream only; over {@code tls} it is
     * established already.
     *
     * @throws ClientGone if the handshake fails, or the client sends something in clear; the message says why
     * @throws DeadlineExceeded if the client does not begin it within the limit
     */
    void startTls();

    /**
     * TLS on this connection, for servers that misbehave during the handshake or after it.
     *
     * @return what can be done about it
     */
    ConnectionTls tls();

    /**
     * Goes on from a port of its own, as servers of TFTP do (RFC 1350, section 4): what is sent comes from a new port of the
     * server's host, and what comes to it is received, as is what this client still sends to the server's. Over UDP only.
     *
     * @throws UnsupportedOperationException on any other transport
     */
    void moveToNewPort();

    /**
     * Tells whether this is a conversation of datagrams.
     *
     * @return false for a stream
     */
    boolean isDatagrams();

    /**
     * The charset of text that is sent and received.
     *
     * @return UTF-8 unless the script says otherwise
     */
    Charset charset();

    /**
     * The end of the lines that {@link #sendLine} sends on a stream.
     *
     * @return {@link Eol#CRLF} unless the script says otherwise
     */
    Eol eol();

    /**
     * The framing of {@link #receiveMessage} and {@link #sendMessage}.
     *
     * @return nothing where messages are lines
     */
    Optional<Framing> framing();

    /**
     * Changes the framing of messages for what follows in the same block of the script, or in the same behaviour.
     *
     * @param framing what bounds messages from here on
     */
    void useFraming(Framing framing);

    /**
     * How many bytes a line or message may have.
     *
     * @return 1 MiB unless the server's {@code messageLimit} says otherwise
     */
    int messageLimit();

    /**
     * The client's address.
     *
     * @return nothing where the client has none
     */
    Optional<SocketAddress> client();

    /**
     * The place of this connection among those of its server.
     *
     * @return 0 for the first
     */
    int index();

    /**
     * What is kept for this conversation: groups and messages that a script has captured, {@code host}, {@code port},
     * {@code client.port} and the like, which text refers to as <code>${name}</code>, and whatever a behaviour of one's
     * own puts there.
     *
     * @return a map that any thread may change
     */
    Map<String, Object> variables();

    /**
     * One of the {@linkplain #variables() variables}, as text that refers to it shows it.
     *
     * @param name such as {@code host}, or a group or message that the script has captured
     * @return its text
     * @throws IllegalArgumentException if there is none of that name; the message names those there are
     */
    String variable(String name);

    /**
     * What was seen on this connection so far.
     *
     * @return its part of the server's recording
     */
    Exchange exchange();

    /** The client and the server, such as {@code connection 0 from 127.0.0.1:50312}. */
    @Override
    String toString();
}
