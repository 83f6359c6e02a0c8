package io.socketharness.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What a server has seen: one {@link Exchange} a connection, in order of acceptance.
 *
 * <p>It grows while the server lives. The awaiting methods wait for an event up to the server's timeout (5 s unless set)
 * and fail at once when what they wait for cannot come any more.
 */
public final class Recording {

    private final Recorder recorder;

    Recording(Recorder recorder) {
        this.recorder = recorder;
    }

    Recorder recorder() {
        return recorder;
    }

    /**
     * The exchanges so far.
     *
     * @return a copy, in order of acceptance
     */
    public List<Exchange> exchanges() {
        return recorder.exchanges();
    }

    /**
     * Waits for a connection.
     *
     * @param index 0 for the first
     * @return its exchange, which may still be empty
     * @throws AssertionError if it does not come in time, or the server was closed
     */
    public Exchange awaitExchange(int index) {
        BooleanSupplier holds = () -> recorder.size() > index;
        boolean came = recorder.awaitWithIntake(() -> holds.getAsBoolean() || recorder.isEnded(), recorder.timeout());
        if (!holds.getAsBoolean()) {
            throw failure("connection " + index, came);
        }
        return recorder.exchange(index);
    }

    /**
     * Waits until what some client sent contains {@code text}.
     *
     * @param text what to wait for
     * @return the first exchange that received it
     * @throws AssertionError if it does not come in time, or the server was closed
     */
    public Exchange awaitReceived(String text) {
        Bytes wanted = Bytes.ofText(text);
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
        boolean came = recorder.awaitWithIntake(() -> holds.getAsBoolean() || recorder.isEnded(), recorder.timeout());
        if (found.get() == null) {
            throw failure("some client to send \"" + wanted.escaped() + "\"", came);
        }
        return found.get();
    }

    private AssertionError failure(String what, boolean ended) {
        return recorder.reportedBy(new AssertionError(recorder.title() + ": waited for " + what + ", "
                + (ended ? "but the server was closed" : "for " + describe(recorder.timeout())) + "\n\n" + this));
    }

    /**
     * Waits until {@code condition} holds; it is tried at each event of the recording.
     *
     * @param condition what to wait for; must not block
     * @param within how long to wait at most
     * @return whether it came to hold
     */
    public boolean await(Predicate<Recording> condition, Duration within) {
        return recorder.awaitWithIntake(() -> condition.test(this), within);
    }

    /**
     * The name of the server in messages.
     *
     * @return such as {@code tcp://127.0.0.1:41233}
     */
    public String title() {
        return recorder.title();
    }

    /**
     * How long awaits wait unless told otherwise.
     *
     * @return the server's timeout
     */
    public Duration timeout() {
        return recorder.timeout();
    }

    /**
     * Tells whether the server was closed.
     *
     * @return whether nothing more is recorded
     */
    public boolean isEnded() {
        return recorder.isEnded();
    }

    static String describe(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** The dialogues of all exchanges, under the server's name. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(recorder.title());
        List<Exchange> exchanges = exchanges();
        if (exchanges.isEmpty()) {
            return out.append(": no connection").toString();
        }
        exchanges.forEach(e -> out.append("\n\n").append(e));
        return out.toString();
    }
}
