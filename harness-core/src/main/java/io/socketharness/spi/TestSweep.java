package io.socketharness.spi;

import io.socketharness.internal.Durations;
import io.socketharness.internal.ThrownText;
import io.socketharness.internal.sweep.KnownWeaknesses;
import io.socketharness.internal.sweep.ReportText;
import io.socketharness.internal.sweep.SequentialSweep;
import io.socketharness.internal.sweep.SweepPage;
import io.socketharness.internal.sweep.SweepSettings;
import io.socketharness.spi.TestCaptures.Attachments;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.SweepRun;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A sweep that an annotation declares: a test framework runs a test once for each fault of its dialogue, in the same way
 * as {@link Sweep}, with one invocation of the test for each run.
 *
 * <p>The annotation has these attributes, with the meaning of the {@link Sweep} methods of the same name: {@code
 * Class<? extends Throwable>[] tolerates}, {@code String timeLimit}, {@code String maxTime}, {@code int max}, {@code
 * String known}, {@code String[] once}, {@code String[] mask}, {@code boolean lastReplyNeeded}. An empty text means the
 * default. The file {@code known} is relative to the package of the test class in {@code src/test/resources}; after a
 * slash, to its root. If there is none, a resource on the class path of that name is used.
 *
 * <p>For one thread at a time.
 */
public final class TestSweep implements AutoCloseable {

    /** The configuration parameter or system property for the name of the only fault to run. */
    public static final String ONLY = SweepSettings.ONLY;

    private final TestRun test;
    private final SequentialSweep sweep;

    private TestSweep(TestRun test, SequentialSweep sweep) {
        this.test = test;
        this.sweep = sweep;
    }

    /**
     * Begins a sweep.
     *
     * @param annotation the annotation
     * @param test the test, without an invocation of its method
     * @return the sweep
     * @throws IllegalArgumentException if an attribute is invalid; the message begins with its name
     */
    public static TestSweep of(Annotation annotation, TestRun test) {
        String limit = AnnotatedServer.text(annotation, "timeLimit");
        String maxTime = AnnotatedServer.text(annotation, "maxTime");
        int max = (Integer) AnnotatedServer.value(annotation, "max");
        if (max < 1) {
            throw new IllegalArgumentException("max is " + max + "; 1 or more is allowed");
        }
        SweepSettings settings = new SweepSettings(
                tolerated((Class<?>[]) AnnotatedServer.value(annotation, "tolerates")),
                limit.isEmpty() ? Optional.empty() : Optional.of(duration("timeLimit", limit)),
                duration("maxTime", maxTime),
                max,
                patterns(annotation, "once"),
                patterns(annotation, "mask"),
                (Boolean) AnnotatedServer.value(annotation, "lastReplyNeeded"),
                1,
                test.parameters().apply(ONLY).map(String::strip).orElse(""));
        String known = AnnotatedServer.text(annotation, "known");
        KnownWeaknesses weaknesses =
                known.isEmpty() ? KnownWeaknesses.NONE : new KnownFile(test.testClass(), known).read();
        return new TestSweep(test, new SequentialSweep(settings, weaknesses));
    }

    /**
     * Selects the server to sweep.
     *
     * @param servers the servers of the test; at least one
     * @param name the name in the annotation; empty to select the only server
     * @return the server
     * @throws IllegalArgumentException if none or several have that name; the message lists them
     */
    public static ServerDeclaration server(Collection<ServerDeclaration> servers, String name) {
        return ServerGroup.swept(servers, name);
    }

    private static List<Class<? extends Throwable>> tolerated(Class<?>[] types) {
        List<Class<? extends Throwable>> tolerated = new ArrayList<>();
        for (Class<?> type : types) {
            tolerated.add(type.asSubclass(Throwable.class));
        }
        return List.copyOf(tolerated);
    }

    private static Duration duration(String attribute, String text) {
        Duration parsed;
        try {
            parsed = Durations.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(attribute + ": " + malformed.getMessage());
        }
        return Durations.requirePositive(attribute, parsed);
    }

    private static List<Pattern> patterns(Annotation annotation, String attribute) {
        List<Pattern> patterns = new ArrayList<>();
        for (String regex : AnnotatedServer.texts(annotation, attribute)) {
            try {
                patterns.add(Pattern.compile(regex));
            } catch (PatternSyntaxException wrong) {
                throw new IllegalArgumentException(
                        attribute + ": \"" + regex + "\" is not a regular expression: " + wrong.getDescription());
            }
        }
        return patterns;
    }

    /**
     * Returns the next run, which depends on the results so far. Call it after the invocation of the run before has
     * ended. After a run without a fault that failed, there is none.
     *
     * @return the run; empty at the end
     */
    public Optional<TestSweepRun> next() {
        return sweep.next().map(TestSweepRun::new);
    }

    /**
     * Returns the failure for the file of known weaknesses. Call it after the last run.
     *
     * @param code the test, for the frames of the failure
     * @return the failure that names the lines of weaknesses that are gone; empty if there are none
     */
    public Optional<AssertionError> outdated(TestCode code) {
        Optional<AssertionError> outdated = sweep.outdated();
        outdated.ifPresent(error -> error.setStackTrace(code.frames()));
        return outdated;
    }

    /**
     * Returns the message of a run without a fault that fails.
     *
     * @param failure its failure
     * @return the message of the failure, after a line that says that nothing was swept
     */
    public static String nothingSwept(Throwable failure) {
        return ReportText.nothingSwept(ThrownText.ofFailure(failure));
    }

    /**
     * Ends the sweep, and prints its report to the standard error. Writes the page of the sweep, {@code sweep.html}, under
     * the same conditions and to the same place as the captures of a test, see {@link TestCaptures}: if a run or the file
     * of known weaknesses fails the sweep, unless the {@link io.socketharness.recording.Capture} of the server says
     * something else.
     *
     * @param attachments the files of the test framework
     * @return the counts and the matrix; empty if no fault was planned
     */
    public Optional<String> finish(Attachments attachments) {
        close();
        Optional<SweepPage> page = sweep.page(test.inShort());
        if (page.isEmpty()) {
            return Optional.empty();
        }
        List<SweepRun> runs = sweep.results();
        String report = ReportText.summary(runs) + "\n" + ReportText.matrix(runs);
        String place = new TestCaptures(test, attachments)
                .sweep(page.get(), sweep.capture())
                .map(words -> "\n\n" + words)
                .orElse("");
        TapeRecorder.print("fault sweep of " + test.inShort() + ", " + report + place);
        return Optional.of(report);
    }

    /** Ends the sweep without a report. */
    @Override
    public void close() {
        sweep.close();
    }
}
