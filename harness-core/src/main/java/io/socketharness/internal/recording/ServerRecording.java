package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The recording of a server, read from its recorder. */
final class ServerRecording implements Recording {

    private final Recorder recorder;

    ServerRecording(Recorder recorder) {
        this.recorder = recorder;
    }

    Recorder recorder() {
        return recorder;
    }

    @Override
    public List<Exchange> exchanges() {
        return recorder.exchanges();
    }

    @Override
    public Exchange awaitExchange(int index) {
        require("connection " + index, () -> recorder.size() > index);
        return recorder.exchange(index);
    }

    @Override
    public Exchange awaitReceived(String text) {
        return awaitReceived(Bytes.ofText(text));
    }

    @Override
    public Exchange awaitReceived(Bytes wanted) {
        List<Search> searches = new ArrayList<>();
        AtomicReference<Exchange> found = new AtomicReference<>();
        BooleanSupplier holds = () -> {
            List<Exchange> exchanges = exchanges();
            exchanges.subList(searches.size(), exchanges.size()).forEach(e -> searches.add(new Search(e, wanted)));
            searches.stream()
                    .filter(Search::isFound)
                    .findFirst()
                    .map(Search::exchange)
                    .ifPresent(found::set);
            return found.get() != null;
        };
        require("a client to send " + Search.quoted(wanted), holds);
        return Objects.requireNonNull(found.get());
    }

    private void require(String what, BooleanSupplier holds) {
        RecordingWait.require(
                recorder,
                recorder.title(),
                () -> what,
                holds,
                () -> recorder.isEnded() ? "the server was closed" : "",
                this);
    }

    @Override
    public boolean await(Predicate<Recording> condition, Duration within) {
        return recorder.awaitDraining(() -> condition.test(this), within);
    }

    @Override
    public String title() {
        return recorder.title();
    }

    @Override
    public Duration timeout() {
        return recorder.timeout();
    }

    @Override
    public boolean isEnded() {
        return recorder.isEnded();
    }

    @Override
    public String toString() {
        return new PublicRecordings(List.of(this)).dialogues(this);
    }
}
