package io.socketharness.recording;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a server has seen: one {@link Exchange} a connection, in order of acceptance.
 *
 * <p>It grows while the server lives. The awaiting methods wait for an event up to the server's timeout (5 s unless set)
 * and fail at once when what they wait for cannot come any more.
 *
 * <p>This interface is not for implementation.
 */
public interface Recording {

    /**
     * The exchanges so far.
     *
     * @return a copy, in order of acceptance
     */
    List<Exchange> exchanges();

    /**
     * Waits for a connection.
     *
     * @param index 0 for the first
     * @return its exchange, which may still be empty
     * @throws AssertionError if it does not come in time, or the server was closed
     */
    Exchange awaitExchange(int index);

    /**
     * Waits until what some client sent contains {@code text}.
     *
     * @param text what to wait for
     * @return the first exchange that received it
     * @throws AssertionError if it does not come in time, or the server was closed
     */
    Exchange awaitReceived(String text);

    /**
     * Waits until {@code condition} holds; it is tried at each event of the recording.
     *
     * @param condition what to wait for; must not block
     * @param within how long to wait at most
     * @return whether it came to hold
     */
    boolean await(Predicate<Recording> condition, Duration within);

    /**
     * The name of the server in messages.
     *
     * @return such as {@code tcp://127.0.0.1:41233}
     */
    String title();

    /**
     * How long awaits wait unless told otherwise.
     *
     * @return the server's timeout
     */
    Duration timeout();

    /**
     * Tells whether the server was closed.
     *
     * @return whether nothing more is recorded
     */
    boolean isEnded();

    /** The dialogues of all exchanges, under the server's name. */
    @Override
    String toString();
}
