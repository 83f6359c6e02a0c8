package io.socketharness.sweep;

import io.socketharness.ServerSpec;
import io.socketharness.internal.Durations;
import io.socketharness.internal.sweep.KnownWeaknesses;
import io.socketharness.internal.sweep.SweepExecution;
import io.socketharness.internal.sweep.SweepSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Runs a test once without a fault, records its dialogue, and then runs it once for every single fault of that dialogue:
 * for every effect at every place. The report says which faults the client does not survive.
 *
 * <pre>{@code
 * Sweep.of(ServerSpec.parse("tcp:").toBuilder().script(script).build())
 *         .tolerating(IOException.class)
 *         .run(server -> assertThat(new Thermometer(server.address()).read()).isEqualTo(21.5))
 *         .verify();
 * }</pre>
 *
 * <p>The test runs on another thread, with a new server each time. It must be repeatable: the client sends the same
 * messages in each run. Two runs without a fault check this; {@link #mask} declares parts that may differ.
 *
 * <p>A sweep does not change: each method returns a changed copy.
 */
public final class Sweep {

    private static final Duration MOST_TIME = Duration.ofMinutes(2);
    private static final int MOST_RUNS = 500;

    private final ServerSpec spec;
    private final SweepSettings settings;
    private final KnownWeaknesses known;
    private final Consumer<SweepRun> listener;

    private Sweep(ServerSpec spec, SweepSettings settings, KnownWeaknesses known, Consumer<SweepRun> listener) {
        this.spec = spec;
        this.settings = settings;
        this.known = known;
        this.listener = listener;
    }

    /**
     * Returns a sweep over a server.
     *
     * @param spec the specification of the server, with its script, tape or real server; each run starts a server with it
     * @return a sweep that tolerates no exception
     */
    public static Sweep of(ServerSpec spec) {
        SweepSettings defaults = new SweepSettings(
                List.of(), Optional.empty(), MOST_TIME, MOST_RUNS, List.of(), List.of(), false, 1, "");
        return new Sweep(spec, defaults, KnownWeaknesses.NONE, run -> {});
    }

    private Sweep with(SweepSettings changed) {
        return new Sweep(spec, changed, known, listener);
    }

    /**
     * Sets the exceptions by which the client reports a fault. {@linkplain Effect#isHarmless Harmless effects} tolerate
     * none, because all data arrives.
     *
     * @param types the types of exceptions that the test may throw, such as {@code IOException.class}
     * @return the changed sweep
     */
    @SafeVarargs
    public final Sweep tolerating(Class<? extends Throwable>... types) {
        List<Class<? extends Throwable>> tolerated = new ArrayList<>();
        for (Class<? extends Throwable> type : types) {
            tolerated.add(type);
        }
        return with(settings.withTolerated(List.copyOf(tolerated)));
    }

    /**
     * Sets the time limit of each run. A longer run is a {@link Verdict#HANG}. It should be longer than all time limits
     * of the client together.
     *
     * @param limit the time limit; the default is three times the clean run plus the server's timeout
     * @return the changed sweep
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Sweep timeLimit(Duration limit) {
        return with(settings.withTimeLimit(Durations.requirePositive("the time limit", limit)));
    }

    /**
     * Sets the time after which no more runs begin. The others are {@link Verdict#LEFT_OUT}.
     *
     * @param time the maximum time of the sweep; the default is 2 minutes
     * @return the changed sweep
     * @throws IllegalArgumentException if the time is not positive
     */
    public Sweep maxTime(Duration time) {
        return with(settings.withMaxTime(Durations.requirePositive("the maximum time", time)));
    }

    /**
     * Sets the maximum number of runs. The others are {@link Verdict#LEFT_OUT}; those between two bytes of a message come
     * last.
     *
     * @param runs the maximum number; the default is 500
     * @return the changed sweep
     * @throws IllegalArgumentException if the number is not positive
     */
    public Sweep max(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("the maximum number of runs must be 1 or more: " + runs);
        }
        return with(settings.withMax(runs));
    }

    /**
     * Declares messages that a client must not send again when the server has received them whole, such as a payment.
     *
     * @param regexes regular expressions that are searched in each message of the client
     * @return the changed sweep
     * @throws java.util.regex.PatternSyntaxException if a regular expression is invalid
     */
    public Sweep once(String... regexes) {
        return with(settings.withOnce(patterns(regexes)));
    }

    /**
     * Declares parts of messages that differ between runs, such as an id.
     *
     * @param regexes regular expressions; what they match in a message is not compared
     * @return the changed sweep
     * @throws java.util.regex.PatternSyntaxException if a regular expression is invalid
     */
    public Sweep mask(String... regexes) {
        return with(settings.withMasks(patterns(regexes)));
    }

    /**
     * Declares that the test needs the last message of the server, too. Without this, the last message of each
     * connection may be an answer to a farewell, whose loss does not matter.
     *
     * @return the changed sweep
     */
    public Sweep lastReplyNeeded() {
        return with(settings.withLastReplyNeeded(true));
    }

    /**
     * Sets how many runs happen at the same time, each on its own thread and with its own server.
     *
     * @param threads the number; the default is 1
     * @return the changed sweep
     * @throws IllegalArgumentException if the number is not positive
     */
    public Sweep parallel(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("the number of parallel runs must be 1 or more: " + threads);
        }
        return with(settings.withThreads(threads));
    }

    /**
     * Sets a file of known weaknesses. Each line is a verdict and the name of a fault, as the report prints them. Empty
     * lines and lines with {@code #} are ignored. A weakness in the file does not fail the sweep. A line whose weakness
     * is gone fails it.
     *
     * @param file the file, which need not exist
     * @return the changed sweep
     * @throws IllegalArgumentException if a line is malformed
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public Sweep known(Path file) {
        return new Sweep(spec, settings, KnownWeaknesses.read(file), listener);
    }

    /**
     * Runs only one fault. The system property {@code socketharness.sweep.only} does the same. {@link Verdict#SWALLOWED}
     * is then judged as if the test needs each message.
     *
     * @param name the name of the fault, as the report prints it
     * @return the changed sweep
     */
    public Sweep only(String name) {
        return with(settings.withOnly(name));
    }

    /**
     * Sets a listener that is called with each result, to show the progress of a long sweep. The results come in the
     * order in which the runs end. Faults that were not run are only in the report.
     *
     * @param newListener the listener; it is called by the thread that called {@link #run}, and the next run waits for it
     * @return the changed sweep
     */
    public Sweep onRun(Consumer<SweepRun> newListener) {
        return new Sweep(spec, settings, known, newListener);
    }

    /**
     * Runs the sweep.
     *
     * @param test the test; it must be safe for parallel runs if {@link #parallel} is set
     * @return the report
     * @throws IllegalArgumentException if {@link #parallel} is set, and the server has a fixed port or path
     * @throws AssertionError if the run without a fault fails or hangs, or two of them differ; then nothing was swept
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public SweepReport run(SweptTest test) {
        SweepExecution execution = new SweepExecution(spec, settings.withPropertyOnly(), known, test, listener);
        List<SweepRun> runs = execution.run();
        return new SweepReport(runs, known, execution.recordings());
    }

    private static List<Pattern> patterns(String[] regexes) {
        List<Pattern> patterns = new ArrayList<>();
        Arrays.stream(regexes).map(Pattern::compile).forEach(patterns::add);
        return patterns;
    }
}
