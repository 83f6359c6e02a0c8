package io.socketharness.recording;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What was seen on one connection, or, for datagrams, what went between the server and one source address.
 *
 * <p>It grows while the connection lives: every method tells what stands in it at that moment. The awaiting methods wait
 * for an event, not by looking again and again, up to the server's timeout (5 s unless set); when what they wait for
 * cannot come any more they fail at once. Beyond the recording's limit bytes are counted, not kept:
 * {@link #isComplete()} tells, and awaits fail with that reason.
 */
public final class Exchange {

    private final ExchangeRecorder recorder;

    Exchange(ExchangeRecorder recorder) {
        this.recorder = recorder;
    }

    ExchangeRecorder recorder() {
        return recorder;
    }

    /**
     * The recording that this exchange is part of.
     *
     * @return what its server has seen
     */
    public Recording recording() {
        return recorder.recorder().recording();
    }

    /**
     * The place of this exchange among those of its server, in order of acceptance.
     *
     * @return 0 for the first
     */
    public int index() {
        return recorder.index();
    }

    /**
     * The client's address.
     *
     * @return nothing where the client has none
     */
    public Optional<SocketAddress> peer() {
        return Optional.ofNullable(recorder.peer());
    }

    /**
     * Who the client is, as the system tells: over {@code unix} where the system can (Linux, macOS).
     *
     * @return nothing over every other transport
     */
    public Optional<PeerCredentials> peerCredentials() {
        return recorder.credentials();
    }

    /**
     * Tells whether this exchange is one of datagrams.
     *
     * @return false for a stream
     */
    public boolean isDatagrams() {
        return recorder.isDatagrams();
    }

    /**
     * Everything that was seen, in order.
     *
     * @return what was seen until now; the first is the opening
     */
    public List<Event> events() {
        return recorder.snapshot().events();
    }

    /**
     * Tells whether an event of this kind was seen.
     *
     * @param kind what to look for
     * @return whether it was
     */
    public boolean has(Event.Kind kind) {
        return recorder.has(kind);
    }

    /**
     * What the client sent so far, whether or not the server's script has received it.
     *
     * @return all bytes; beyond the limit of the recording, those before it
     */
    public Bytes received() {
        return recorder.receivedBytes();
    }

    /**
     * What the server sent so far.
     *
     * @return all bytes; beyond the limit of the recording, those before it
     */
    public Bytes sent() {
        return recorder.sentBytes();
    }

    /**
     * What the client sent so far, as UTF-8.
     *
     * @return the text of {@link #received()}
     */
    public String receivedText() {
        return received().text();
    }

    /**
     * What the server sent so far, as UTF-8.
     *
     * @return the text of {@link #sent()}
     */
    public String sentText() {
        return sent().text();
    }

    /**
     * The messages that came: of a stream the lines, without their ends (LF or CRLF), the last one even if its end has
     * not come; of datagrams the datagrams.
     *
     * @return in order
     */
    public List<String> receivedLines() {
        if (isDatagrams()) {
            return receivedDatagrams().stream().map(Bytes::text).toList();
        }
        List<String> lines = List.of(receivedText().split("\r?\n", -1));
        return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    /**
     * The datagrams that came; of a stream, what the single reads gave, which says nothing about the client's writes.
     *
     * @return in order; beyond the limit of the recording, those before it
     */
    public List<Bytes> receivedDatagrams() {
        return recorder.snapshot().messages(Event.Kind.RECEIVED);
    }

    /**
     * The datagrams that the server sent.
     *
     * @return in order; beyond the limit of the recording, those before it
     */
    public List<Bytes> sentDatagrams() {
        return recorder.snapshot().messages(Event.Kind.SENT);
    }

    /**
     * Tells whether everything that went over the wire is kept, and each read, write or datagram has its event.
     *
     * @return false once the limit of the recording was reached
     */
    public boolean isComplete() {
        return recorder.isComplete();
    }

    /**
     * Tells whether the connection has ended: the client sent its FIN or RST, so that it sends no more, or the server has
     * closed it and let it go, some 200 ms after its own FIN. Of datagrams, whether the server has closed the
     * conversation; what comes from the same address afterwards is still recorded.
     *
     * @return whether it has ended
     */
    public boolean isEnded() {
        return recorder.isOver() || isDatagrams() && has(Event.Kind.CLOSED);
    }

    /**
     * Waits until what the client sent contains {@code text}; on datagrams, until some datagram does.
     *
     * @param text what to wait for
     * @return this exchange
     * @throws AssertionError if it does not come in time, or cannot come any more
     */
    public Exchange awaitReceived(String text) {
        Bytes wanted = Bytes.ofText(text);
        Search search = new Search(this, wanted);
        require(
                "it to receive \"" + wanted.escaped() + "\"",
                e -> search.isFound(),
                e -> recorder.isOver() || !isComplete());
        return this;
    }

    /**
     * Waits until {@link #isEnded()}.
     *
     * @return this exchange
     * @throws AssertionError if the connection is still open after the timeout
     */
    public Exchange awaitEnd() {
        require("its end", e -> isEnded(), e -> false);
        return this;
    }

    /**
     * Waits until {@code condition} holds; it is tried at each event of the recording.
     *
     * @param condition what to wait for; must not block
     * @param within how long to wait at most
     * @return whether it came to hold
     */
    public boolean await(Predicate<Exchange> condition, Duration within) {
        return recorder.recorder().awaitWithIntake(() -> condition.test(this), within);
    }

    private void require(String what, Predicate<Exchange> holds, Predicate<Exchange> never) {
        Duration within = recorder.recorder().timeout();
        BooleanSupplier settled = () -> holds.test(this) || never.test(this);
        boolean came = recorder.recorder().awaitWithIntake(settled, within);
        if (!holds.test(this)) {
            String end = came
                    ? isComplete()
                            ? "but it has ended"
                                    + recorder.detail(Event.Kind.FAILED)
                                            .map(reason -> ": " + reason)
                                            .orElse("")
                            : "but the recording's limit was reached"
                    : "for " + Recording.describe(within);
            throw recorder.recorder()
                    .reportedBy(new AssertionError(recorder.recorder().title() + ", connection " + index()
                            + ": waited for " + what + ", " + end + "\n\n" + this));
        }
    }

    /**
     * What was agreed on when TLS was established.
     *
     * @return nothing if it was not
     */
    public Optional<Handshake> handshake() {
        return recorder.handshake();
    }

    /**
     * The dialogue for people: what went over the wire as the lines of a script, each with its time, see
     * {@link Event#at}.
     *
     * @param title the first line's beginning
     * @return lines without an end of line after the last
     */
    public String dialogue(String title) {
        return DialogueText.of(title, recorder.snapshot());
    }

    /**
     * The {@linkplain #dialogue dialogue} as far as it went before the script failed: what the client or the server did
     * afterwards explains nothing.
     *
     * @param title the first line's beginning
     * @return lines without an end of line after the last; all of them if nothing has failed
     */
    public String dialogueToFailure(String title) {
        return DialogueText.of(title, recorder.snapshot().before(e -> e.kind() == Event.Kind.FAILED));
    }

    /**
     * The {@linkplain #dialogue dialogue} as far as it went until a time.
     *
     * @param title the first line's beginning
     * @param at the time, as events have it
     * @return lines without an end of line after the last
     */
    public String dialogueUntil(String title, Duration at) {
        return DialogueText.of(title, recorder.snapshot().before(e -> e.at() > at.toNanos()));
    }

    /**
     * A script in text form that replays the server's side of this exchange and expects what the client sent.
     *
     * @return lines that {@code Script.parse} reads; times are comments
     * @throws IllegalStateException if the exchange is not {@linkplain #isComplete() complete}
     */
    public String toScript() {
        if (!isComplete()) {
            throw new IllegalStateException("connection " + index()
                    + " cannot be replayed: the recording's limit was reached and not all of its bytes are kept");
        }
        return ReplayText.of(recorder);
    }

    /** The {@linkplain #dialogue dialogue}. */
    @Override
    public String toString() {
        return dialogue("connection " + index());
    }
}
