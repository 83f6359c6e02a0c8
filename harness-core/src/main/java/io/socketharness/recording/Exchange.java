package io.socketharness.recording;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The recording of one connection; on datagrams, of the conversation with one client address.
 *
 * <p>It grows while the connection is open. Each method returns the state at the time of the call. The awaiting methods
 * wait until an event occurs, up to the server's timeout (5 s unless set). They fail at once when the awaited event can
 * no longer occur. Beyond the limit of the recording, bytes are counted but not kept. {@link #isComplete()} then
 * returns false, and the awaiting methods fail with that reason.
 *
 * <p>This interface is not for implementation.
 */
public interface Exchange {

    /**
     * Returns the recording that this exchange is part of.
     *
     * @return the recording of the server
     */
    Recording recording();

    /**
     * Returns the index of this exchange in its recording, in the order of acceptance.
     *
     * @return 0 for the first
     */
    int index();

    /**
     * Returns the client's address.
     *
     * @return empty if the client has no address
     */
    Optional<SocketAddress> client();

    /**
     * Returns the client's user and group as reported by the system, over {@code unix} on Linux and macOS.
     *
     * @return empty over any other transport
     */
    Optional<ClientCredentials> clientCredentials();

    /**
     * Returns whether this exchange consists of datagrams.
     *
     * @return false for a stream
     */
    boolean isDatagrams();

    /**
     * Returns all events so far, in order.
     *
     * @return the events; the first is {@link Event.Kind#OPENED}
     */
    List<Event> events();

    /**
     * Returns whether an event of this kind has occurred.
     *
     * @param kind the kind
     * @return whether it has occurred
     */
    boolean has(Event.Kind kind);

    /**
     * Returns the bytes that the client has sent so far, whether or not the script has received them.
     *
     * @return all bytes up to the limit of the recording
     */
    Bytes received();

    /**
     * Returns the bytes that the server has sent so far.
     *
     * @return all bytes up to the limit of the recording
     */
    Bytes sent();

    /**
     * Returns the client's input so far, as UTF-8.
     *
     * @return the text of {@link #received()}
     */
    String receivedText();

    /**
     * Returns the server's output so far, as UTF-8.
     *
     * @return the text of {@link #sent()}
     */
    String sentText();

    /**
     * Returns the messages received so far. On a stream these are the lines without their ends (LF or CRLF), including
     * an incomplete last line. On datagrams they are the datagrams.
     *
     * @return the messages, in order
     */
    List<String> receivedLines();

    /**
     * Returns the datagrams received so far. On a stream, returns the result of each read, which does not show how the
     * client split its writes.
     *
     * @return the datagrams, in order, up to the limit of the recording
     */
    List<Bytes> receivedDatagrams();

    /**
     * Returns the datagrams that the server has sent so far.
     *
     * @return the datagrams, in order, up to the limit of the recording
     */
    List<Bytes> sentDatagrams();

    /**
     * Returns whether all bytes are kept, and each read, write or datagram has an event.
     *
     * @return false once the limit of the recording was reached
     */
    boolean isComplete();

    /**
     * Returns whether the connection has ended. A stream has ended when the client has sent its FIN or RST, or when the
     * server has closed the connection and stopped reading, about 200 ms after its own FIN. On datagrams, the
     * conversation has ended when the server has closed it. Later datagrams from the same address are still recorded.
     *
     * @return whether it has ended
     */
    boolean isEnded();

    /**
     * Waits until the received bytes contain {@code text}; on datagrams, until one datagram contains it.
     *
     * @param text the text to wait for
     * @return this exchange
     * @throws AssertionError if the text does not arrive within the timeout, or can no longer arrive
     */
    Exchange awaitReceived(String text);

    /**
     * Waits until the received bytes contain {@code bytes}, as {@link #awaitReceived(String)} does.
     *
     * @param bytes the bytes to wait for, such as {@code Bytes.parseHex("00 ff")}
     * @return this exchange
     * @throws AssertionError if the bytes do not arrive within the timeout, or can no longer arrive
     */
    Exchange awaitReceived(Bytes bytes);

    /**
     * Waits until {@link #isEnded()} returns true.
     *
     * @return this exchange
     * @throws AssertionError if the connection is still open after the timeout
     */
    Exchange awaitEnd();

    /**
     * Waits until {@code condition} is true. The condition is evaluated at each event of the recording.
     *
     * @param condition the condition; must not block
     * @param within the maximum time to wait
     * @return whether the condition became true
     */
    boolean await(Predicate<Exchange> condition, Duration within);

    /**
     * Returns the result of the TLS handshake.
     *
     * @return empty if TLS was not established
     */
    Optional<Handshake> handshake();

    /**
     * Returns the dialogue as readable text: the bytes sent and received as the lines of a script, each with its time,
     * see {@link Event#at}. A line that is in the same write or read as the line before it has a {@code +} in place of
     * the time.
     *
     * @param title the start of the first line
     * @return the lines, without a line terminator after the last
     */
    String dialogue(String title);

    /**
     * Returns the {@linkplain #dialogue dialogue} until the script failed. Later events do not explain the failure.
     *
     * @param title the start of the first line
     * @return the lines, without a line terminator after the last; the whole dialogue if nothing has failed
     */
    String dialogueToFailure(String title);

    /**
     * Returns the {@linkplain #dialogue dialogue} until a time.
     *
     * @param title the start of the first line
     * @param at the time, see {@link Event#at}
     * @return the lines, without a line terminator after the last
     */
    String dialogueUntil(String title, Duration at);

    /**
     * Returns a script in text form that replays the server's side of this exchange and expects the client's input.
     *
     * @return lines for {@code Script.parse}; times are comments
     * @throws IllegalStateException if the exchange is not {@linkplain #isComplete() complete}
     */
    String toScript();

    /** Returns the {@linkplain #dialogue dialogue}. */
    @Override
    String toString();
}
