package io.socketharness.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The recording of a server: one {@link Exchange} for each connection, in the order of acceptance.
 *
 * <p>It grows while the server runs. The awaiting methods wait until an event occurs, up to the server's timeout (5 s
 * unless set). They fail at once when the awaited event can no longer occur.
 *
 * <p>This interface is not for implementation.
 */
public interface Recording {

    /**
     * Returns the exchanges so far.
     *
     * @return a copy of the list, in the order of acceptance
     */
    List<Exchange> exchanges();

    /**
     * Waits for a connection.
     *
     * @param index 0 for the first
     * @return its exchange, which may contain no data yet
     * @throws AssertionError if the connection does not arrive within the timeout, or the server was closed
     */
    Exchange awaitExchange(int index);

    /**
     * Waits until the received bytes of any exchange contain {@code text}.
     *
     * @param text the text to wait for
     * @return the first exchange that received it
     * @throws AssertionError if the text does not arrive within the timeout, or the server was closed
     */
    Exchange awaitReceived(String text);

    /**
     * Waits until the received bytes of any exchange contain {@code bytes}, as {@link #awaitReceived(String)} does.
     *
     * @param bytes the bytes to wait for, such as {@code Bytes.parseHex("00 ff")}
     * @return the first exchange that received them
     * @throws AssertionError if the bytes do not arrive within the timeout, or the server was closed
     */
    Exchange awaitReceived(Bytes bytes);

    /**
     * Waits until {@code condition} is true. The condition is evaluated at each event of the recording.
     *
     * @param condition the condition; must not block
     * @param within the maximum time to wait
     * @return whether the condition became true
     */
    boolean await(Predicate<Recording> condition, Duration within);

    /**
     * Returns the name of the server in messages.
     *
     * @return such as {@code tcp://127.0.0.1:41233}
     */
    String title();

    /**
     * Returns the maximum wait of the awaiting methods that have no parameter for it.
     *
     * @return the server's timeout
     */
    Duration timeout();

    /**
     * Returns whether the server was closed.
     *
     * @return whether the recording has ended
     */
    boolean isEnded();

    /**
     * Writes the recording so far as a pcapng file, which Wireshark and tshark read. See {@link Captures#write}.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if it cannot be written
     */
    default void writePcapng(Path file) throws IOException {
        Captures.write(file, this);
    }

    /**
     * Writes the recording so far as a pcapng file, with another port for the server. Wireshark chooses the protocol by
     * the port of the server: with 25 it shows SMTP.
     *
     * @param file the file; an existing one is replaced
     * @param asPort the port that the server has in the file, from 1 to 65535
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if the port is out of range
     */
    default void writePcapng(Path file, int asPort) throws IOException {
        Captures.write(file, this, asPort);
    }

    /**
     * Writes the recording so far as an HTML page. See {@link Captures#writeHtml}.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if it cannot be written
     */
    default void writeHtml(Path file) throws IOException {
        Captures.writeHtml(file, this);
    }

    /** Returns the dialogues of all exchanges, under the server's name. */
    @Override
    String toString();
}
