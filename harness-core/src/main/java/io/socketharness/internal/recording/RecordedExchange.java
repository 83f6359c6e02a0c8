package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.ClientCredentials;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Handshake;
import io.socketharness.recording.Recording;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An exchange, read from its recorder. */
final class RecordedExchange implements Exchange {

    private final ExchangeRecorder recorder;

    RecordedExchange(ExchangeRecorder recorder) {
        this.recorder = recorder;
    }

    ExchangeRecorder recorder() {
        return recorder;
    }

    @Override
    public Recording recording() {
        return recorder.recorder().recording();
    }

    @Override
    public int index() {
        return recorder.index();
    }

    @Override
    public Optional<SocketAddress> client() {
        return recorder.client().address();
    }

    @Override
    public Optional<ClientCredentials> clientCredentials() {
        return recorder.client().credentials();
    }

    @Override
    public boolean isDatagrams() {
        return recorder.isDatagrams();
    }

    @Override
    public List<Event> events() {
        return recorder.snapshot().events();
    }

    @Override
    public boolean has(Event.Kind kind) {
        return recorder.has(kind);
    }

    @Override
    public Bytes received() {
        return recorder.receivedBytes();
    }

    @Override
    public Bytes sent() {
        return recorder.sentBytes();
    }

    @Override
    public String receivedText() {
        return received().text();
    }

    @Override
    public String sentText() {
        return sent().text();
    }

    @Override
    public List<String> receivedLines() {
        if (isDatagrams()) {
            return receivedDatagrams().stream().map(Bytes::text).toList();
        }
        List<String> lines = List.of(receivedText().split("\r?\n", -1));
        return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    @Override
    public List<Bytes> receivedDatagrams() {
        return recorder.snapshot().messages(Event.Kind.RECEIVED);
    }

    @Override
    public List<Bytes> sentDatagrams() {
        return recorder.snapshot().messages(Event.Kind.SENT);
    }

    @Override
    public boolean isComplete() {
        return recorder.isComplete();
    }

    @Override
    public boolean isEnded() {
        return recorder.isOver() || isDatagrams() && has(Event.Kind.CLOSED);
    }

    @Override
    public Exchange awaitReceived(String text) {
        return awaitReceived(Bytes.ofText(text));
    }

    @Override
    public Exchange awaitReceived(Bytes wanted) {
        Search search = new Search(this, wanted);
        require("it to receive " + Search.quoted(wanted), search::isFound, this::end);
        return this;
    }

    @Override
    public Exchange awaitEnd() {
        require("its end", this::isEnded, () -> "");
        return this;
    }

    @Override
    public boolean await(Predicate<Exchange> condition, Duration within) {
        return recorder.recorder().awaitDraining(() -> condition.test(this), within);
    }

    private void require(String what, BooleanSupplier holds, Supplier<String> never) {
        RecordingWait.require(
                recorder.recorder(),
                recorder.recorder().title() + ", connection " + index(),
                () -> what,
                holds,
                never,
                this);
    }

    /** The reason why no more input can arrive, in words; empty while it can. */
    private String end() {
        if (!isComplete()) {
            return "the recording's limit was reached";
        }
        return recorder.isOver()
                ? "it has ended"
                        + recorder.detail(Event.Kind.FAILED)
                                .map(reason -> ": " + reason)
                                .orElse("")
                : "";
    }

    @Override
    public Optional<Handshake> handshake() {
        return recorder.client().handshake();
    }

    @Override
    public String dialogue(String title) {
        return text(title, recorder.snapshot());
    }

    @Override
    public String dialogueToFailure(String title) {
        return text(title, recorder.snapshot().before(e -> e.kind() == Event.Kind.FAILED));
    }

    @Override
    public String dialogueUntil(String title, Duration at) {
        return text(title, recorder.snapshot().before(e -> e.at() > at.toNanos()));
    }

    private String text(String title, Snapshot exchange) {
        Recorder all = recorder.recorder();
        return all.withoutSecrets(DialogueText.of(title, all.secrets().hide(exchange)));
    }

    @Override
    public String toScript() {
        if (!isComplete()) {
            throw new IllegalStateException("connection " + index()
                    + " cannot be replayed: the recording's limit was reached and not all of its bytes are kept");
        }
        return recorder.recorder().withoutSecrets(ReplayText.of(recorder));
    }

    @Override
    public String toString() {
        return dialogue("connection " + index());
    }
}
