package io.socketharness.recording;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was seen on one connection, or, for datagrams, what went between the server and one source address.
 *
 * <p>It grows while the connection lives: every method tells what stands in it at that moment. The awaiting methods wait
 * for an event, not by looking again and again, up to the server's timeout (5 s unless set); when what they wait for
 * cannot come any more they fail at once. Beyond the recording's limit bytes are counted, not kept:
 * {@link #isComplete()} tells, and awaits fail with that reason.
 *
 * <p>This interface is not for implementation.
 */
public interface Exchange {

    /**
     * The recording that this exchange is part of.
     *
     * @return what its server has seen
     */
    Recording recording();

    /**
     * The place of this exchange among those of its server, in order of acceptance.
     *
     * @return 0 for the first
     */
    int index();

    /**
     * The client's address.
     *
     * @return nothing where the client has none
     */
    Optional<SocketAddress> client();

    /**
     * Who the client is, as the system tells: over {@code unix} where the system can (Linux, macOS).
     *
     * @return nothing over every other transport
     */
    Optional<ClientCredentials> clientCredentials();

    /**
     * Tells whether this exchange is one of datagrams.
     *
     * @return false for a stream
     */
    boolean isDatagrams();

    /**
     * Everything that was seen, in order.
     *
     * @return what was seen until now; the first is the opening
     */
    List<Event> events();

    /**
     * Tells whether an event of this kind was seen.
     *
     * @param kind what to look for
     * @return whether it was
     */
    boolean has(Event.Kind kind);

    /**
     * What the client sent so far, whether or not the server's script has received it.
     *
     * @return all bytes; beyond the limit of the recording, those before it
     */
    Bytes received();

    /**
     * What the server sent so far.
     *
     * @return all bytes; beyond the limit of the recording, those before it
     */
    Bytes sent();

    /**
     * What the client sent so far, as UTF-8.
     *
     * @return the text of {@link #received()}
     */
    String receivedText();

    /**
     * What the server sent so far, as UTF-8.
     *
     * @return the text of {@link #sent()}
     */
    String sentText();

    /**
     * The messages that came: of a stream the lines, without their ends (LF or CRLF), the last one even if its end has
     * not come; of datagrams the datagrams.
     *
     * @return in order
     */
    List<String> receivedLines();

    /**
     * The datagrams that came; of a stream, what the single reads gave, which says nothing about the client's writes.
     *
     * @return in order; beyond the limit of the recording, those before it
     */
    List<Bytes> receivedDatagrams();

    /**
     * The datagrams that the server sent.
     *
     * @return in order; beyond the limit of the recording, those before it
     */
    List<Bytes> sentDatagrams();

    /**
     * Tells whether everything that went over the wire is kept, and each read, write or datagram has its event.
     *
     * @return false once the limit of the recording was reached
     */
    boolean isComplete();

    /**
     * Tells whether the connection has ended: the client sent its FIN or RST, so that it sends no more, or the server has
     * closed it and let it go, some 200 ms after its own FIN. Of datagrams, whether the server has closed the
     * conversation; what comes from the same address afterwards is still recorded.
     *
     * @return whether it has ended
     */
    boolean isEnded();

    /**
     * Waits until what the client sent contains {@code text}; on datagrams, until some datagram does.
     *
     * @param text what to wait for
     * @return this exchange
     * @throws AssertionError if it does not come in time, or cannot come any more
     */
    Exchange awaitReceived(String text);

    /**
     * Waits until {@link #isEnded()}.
     *
     * @return this exchange
     * @throws AssertionError if the connection is still open after the timeout
     */
    Exchange awaitEnd();

    /**
     * Waits until {@code condition} holds; it is tried at each event of the recording.
     *
     * @param condition what to wait for; must not block
     * @param within how long to wait at most
     * @return whether it came to hold
     */
    boolean await(Predicate<Exchange> condition, Duration within);

    /**
     * What was agreed on when TLS was established.
     *
     * @return nothing if it was not
     */
    Optional<Handshake> handshake();

    /**
     * The dialogue for people: what went over the wire as the lines of a script, each with its time, see
     * {@link Event#at}.
     *
     * @param title the first line's beginning
     * @return lines without an end of line after the last
     */
    String dialogue(String title);

    /**
     * The {@linkplain #dialogue dialogue} as far as it went before the script failed: what the client or the server did
     * afterwards explains nothing.
     *
     * @param title the first line's beginning
     * @return lines without an end of line after the last; all of them if nothing has failed
     */
    String dialogueToFailure(String title);

    /**
     * The {@linkplain #dialogue dialogue} as far as it went until a time.
     *
     * @param title the first line's beginning
     * @param at the time, as events have it
     * @return lines without an end of line after the last
     */
    String dialogueUntil(String title, Duration at);

    /**
     * A script in text form that replays the server's side of this exchange and expects what the client sent.
     *
     * @return lines that {@code Script.parse} reads; times are comments
     * @throws IllegalStateException if the exchange is not {@linkplain #isComplete() complete}
     */
    String toScript();

    /** The {@linkplain #dialogue dialogue}. */
    @Override
    String toString();
}
