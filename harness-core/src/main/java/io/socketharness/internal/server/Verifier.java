package io.socketharness.internal.server;

import io.socketharness.ServerSpec;
import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.runtime.ScriptDispatcher;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerFailures;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.runtime.Warnings;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.script.engine.Fault;
import io.socketharness.internal.script.engine.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds the failures of a server: of its conversations, and scripts that no connection ran. */
public final class Verifier {

    /** The time limit of the server's own threads for pending input. */
    private static final Duration MOST_WORK = Duration.ofSeconds(2);

    /** The same, where a test has run out of time. */
    private static final Duration AT_TIME_LIMIT = Duration.ofMillis(200);

    private final ServerRuntime runtime;
    private final ServerSpec spec;
    private final Recorder recorder;
    private final ScriptDispatcher dispatcher;
    private final List<ServerConnection> served;
    private final ServerFailures failures;
    /** Drains pending input of the server. */
    private final Runnable drain;

    private final ReportEnding ending;

    /** The failures that {@link #verifyNoFailures} has reported. */
    private final Set<Object> reportedSubjects = ConcurrentHashMap.newKeySet();
    /** The failures that any verification has reported. */
    private final Set<Object> seenSubjects = ConcurrentHashMap.newKeySet();

    /** The subject of the last {@link #cause}, and the error that reports it. */
    private volatile @Nullable Object causeOf;

    private volatile @Nullable Fault causeReport;

    /** What was wrong at the time limit of the test: afterwards the server has ended its connections. */
    private volatile @Nullable AtTimeLimit atTimeLimit;

    private record AtTimeLimit(Optional<Fault> fault, Optional<Note> note) {}

    /** The failures that verifications have thrown, by subject. */
    private final Map<Object, Fault> thrown = new ConcurrentHashMap<>();

    /** Whether {@link #verify} has failed: closing the server interrupts the remaining work. */
    private volatile boolean reported;

    Verifier(ServerRuntime runtime, Runnable drain) {
        this.runtime = runtime;
        this.spec = runtime.spec();
        this.recorder = runtime.recorder();
        this.dispatcher = runtime.dispatcher();
        this.served = runtime.connections();
        this.failures = runtime.failures();
        this.drain = drain;
        this.ending = new ReportEnding(runtime);
    }

    /** Adds a sentence to the end of each report. */
    public void advise(String sentence) {
        ending.advise(sentence);
    }

    public Optional<Fault> verify() {
        drain.run();
        String ended = awaitSettled();
        if (ended != null) {
            // the timeout limits only the wait for the client: pending input counts, however late the threads are
            drain.run();
            awaitQuiet(MOST_WORK);
        }
        return first(faults(isSettled() || ended == null ? null : new Until(ended, true)), false);
    }

    /** Waits for outstanding steps; returns why the wait ended, in words, or null if none is outstanding. */
    private @Nullable String awaitSettled() {
        // evaluated once: with a busy client the answer may change a moment later
        AtomicBoolean settled = new AtomicBoolean();
        try {
            boolean done = recorder.await(
                    () -> {
                        settled.set(isSettled());
                        return settled.get() || recorder.recording().isEnded();
                    },
                    System.nanoTime() + spec.timeout().toNanos());
            return !done
                    ? "within " + Durations.describe(spec.timeout())
                    : settled.get() ? null : "before the server was closed";
        } catch (CancellationException interrupted) {
            return "before the verifying thread was interrupted";
        }
    }

    /** Waits a short while until the server has processed the pending input. */
    public void settle() {
        drain.run();
        awaitQuiet(AT_TIME_LIMIT);
    }

    public Optional<Fault> verifyNoFailures() {
        drain.run();
        awaitQuiet(longer(MOST_WORK, spec.timeout()));
        return first(faults(null), true);
    }

    /**
     * The first failure in time that may have caused an exception of the test. It is still to be reported: see {@link
     * #reportedAs}.
     */
    public Optional<Fault> cause() {
        drain.run();
        awaitQuiet(MOST_WORK);
        Map<Object, Fault> faults = faults(null);
        faults.values().removeIf(fault -> !fault.isCause());
        causeOf = faults.keySet().stream().findFirst().orElse(null);
        return faults.values().stream().findFirst();
    }

    /** Notes that {@link #cause} is reported by an error that fails the test. */
    public void reportedAs(AssertionError error, Report report, Fault cause) {
        Object about = causeOf;
        if (about != null) {
            seenSubjects.add(about);
            reportedSubjects.add(about);
        }
        recorder.reportedBy(error);
        causeReport = new Fault(error, report, cause.inOneLine(), cause.failedAt(), true);
    }

    /** The report of {@link #cause}, if it is the failure of a test. To be called before {@link #droppedCause}. */
    public Optional<Report> reported(@Nullable Throwable testFailure) {
        return Optional.ofNullable(causeReport)
                .filter(fault -> fault.error() == testFailure)
                .map(Fault::report);
    }

    /**
     * The report of {@link #cause}, if the failure of the test does not contain it: other code has dropped it. To
     * be called once, at the end of that test: the failures of later tests do not contain the report either.
     */
    public Optional<Fault> droppedCause(@Nullable Throwable testFailure) {
        Fault report = causeReport;
        causeReport = null;
        return report == null || testFailure != null && recorder.isReportedBy(testFailure)
                ? Optional.empty()
                : Optional.of(report);
    }

    /** Also reports outstanding steps: they may be the reason why the test was cut short. */
    public Optional<Fault> verifyCutShort() {
        AtTimeLimit known = atTimeLimit;
        if (known != null) {
            return known.fault();
        }
        drain.run();
        awaitQuiet(longer(MOST_WORK, spec.timeout()));
        return first(faults(Until.failed("before the test failed")), true);
    }

    /** For a failed test: the state of the last connections, if there were any. */
    public Optional<Note> describeConnections() {
        AtTimeLimit known = atTimeLimit;
        return known == null ? note("when the test failed") : known.note();
    }

    /** Notes what is wrong now: the time limit of the test is over, and the server is about to end its connections. */
    void timeLimitReached() {
        if (atTimeLimit != null) {
            return;
        }
        drain.run();
        awaitQuiet(AT_TIME_LIMIT);
        String when = "when the time limit of the test was over";
        atTimeLimit = new AtTimeLimit(
                first(faults(Until.failed("before the time limit of the test was over")), true), note(when));
    }

    private Optional<Note> note(String when) {
        // a client that has closed its connection does not wait for anything
        drain.run();
        return new ConnectionNotes(runtime).note(when).map(ending::complete);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * Waits for the server's own threads, not for a client: pending input counts even if this thread is interrupted.
     */
    private void awaitQuiet(Duration most) {
        BooleanSupplier quiet = () -> recorder.recording().isEnded()
                || isSettled()
                || served.stream()
                                .allMatch(one -> one.conversation().completion().isQuiet())
                        && !runtime.hasInputOnItsWay();
        long deadline = System.nanoTime() + most.toNanos();
        boolean interrupted = Thread.interrupted();
        boolean done = false;
        while (!done) {
            try {
                recorder.await(quiet, deadline);
                done = true;
            } catch (CancellationException again) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSettled() {
        if (failures.failed().isPresent()) {
            return true;
        }
        // first: a script on its way from a probe to a waiting connection is visible in one of both places
        boolean pending = dispatcher.isHandingOver()
                || !spec.isOptional() && !dispatcher.unclaimed().isEmpty();
        boolean all = !runtime.hasInputOnItsWay();
        for (ServerConnection one : served) {
            Conversation conversation = one.conversation();
            all &= conversation.completion().isSettled();
            conversation.completion().failIfUnexpected();
            if (conversation.completion().hasFailed()
                    && !conversation.completion().isProbe()
                    && !reportedSubjects.contains(conversation)) {
                return true;
            }
        }
        return all && !pending;
    }

    /**
     * The failures by subject, in the order of their time: failures first, then outstanding steps.
     *
     * @param until until when a step was outstanding; null while it may still complete
     */
    private Map<Object, Fault> faults(@Nullable Until until) {
        Map<Object, Fault> faults = all(until);
        faults.keySet().removeAll(reportedSubjects);
        return faults;
    }

    /** The reports of the failures so far, also of those that are reported already. Waits for nothing. */
    List<Report> reports() {
        Map<Object, Fault> all = all(null);
        // what a verification found outstanding may be over in the meantime
        all.putAll(thrown);
        return all.values().stream().map(Fault::report).toList();
    }

    /** Uses loops: every server of a test comes here, and lambdas are slow in a new JVM. */
    private Map<Object, Fault> all(@Nullable Until until) {
        // first: a connection that is given up in the meantime is among the failed ones
        List<ServerConnection> waiting = dispatcher.waiting();
        List<Conversation> failed = new ArrayList<>();
        List<Conversation> others = new ArrayList<>();
        for (ServerConnection one : served) {
            Conversation conversation = one.conversation();
            conversation.completion().failIfUnexpected();
            if (!excused(conversation)) {
                (conversation.completion().hasFailed() ? failed : others).add(conversation);
            }
        }
        Map<Object, Fault> faults = new LinkedHashMap<>();
        failed(faults, failed, until);
        unserved(faults, waiting);
        for (Conversation other : others) {
            if (until != null || other.completion().isOver()) {
                put(faults, other, until);
            }
        }
        UnusedScripts unused = UnusedScripts.of(runtime);
        if (until != null && !spec.isOptional() && !unused.isEmpty()) {
            faults.put(dispatcher, unused.fault(until));
        }
        ending.complete(faults);
        return faults;
    }

    /** Adds the failures of the connections, and that of the server, in the order of their time. */
    private void failed(Map<Object, Fault> faults, List<Conversation> failed, @Nullable Until until) {
        ServerFailures.Failed own = failures.failed().orElse(null);
        failed.sort(Comparator.comparingLong(one -> one.completion().failedAt()));
        for (Conversation one : failed) {
            if (own != null && own.at() < one.completion().failedAt()) {
                faults.putIfAbsent(this, fault(own));
            }
            put(faults, one, until);
        }
        if (own != null) {
            faults.putIfAbsent(this, fault(own));
        }
    }

    private static Fault fault(ServerFailures.Failed own) {
        AssertionError error = own.error();
        String text = String.valueOf(error.getMessage());
        return new Fault(error, Report.of(text, ""), text, OptionalLong.of(own.at()), true);
    }

    private static void put(Map<Object, Fault> faults, Conversation conversation, @Nullable Until until) {
        conversation
                .completion()
                .fault(until == null ? Until.failed("") : until)
                .ifPresent(fault -> faults.put(conversation, fault));
    }

    /**
     * Whether a probe, a connection without a byte, is accepted: another connection ran the script, still may, or need
     * not.
     */
    private boolean excused(Conversation conversation) {
        if (!conversation.completion().isProbe()) {
            return false;
        }
        return spec.isOptional()
                || !dispatcher.servesAll()
                || served.stream()
                        .map(ServerConnection::conversation)
                        .anyMatch(other -> !other.completion().isProbe());
    }

    private void unserved(Map<Object, Fault> faults, List<ServerConnection> waiting) {
        if (!dispatcher.wasScripted()) {
            return;
        }
        for (ServerConnection one : waiting) {
            if (one.conversation().completion().isUnclaimed()
                    && !one.conversation().completion().isProbe()) {
                faults.put(
                        one.conversation(),
                        one.conversation().completion().unserved(dispatcher.unserved(), dispatcher.before(one)));
            }
        }
    }

    private Optional<Fault> first(Map<Object, Fault> faults, boolean once) {
        seenSubjects.addAll(faults.keySet());
        thrown.putAll(faults);
        if (once) {
            reportedSubjects.addAll(faults.keySet());
        }
        List<Fault> all = new ArrayList<>(faults.values());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        reported |= !once;
        AssertionError first = all.get(0).error();
        all.subList(1, all.size()).forEach(other -> first.addSuppressed(other.error()));
        failures.problem().ifPresent(first::addSuppressed);
        return Optional.of(all.get(0));
    }

    /** Warns about failures that no verification has reported. */
    void warnIfUnseen() {
        if (!spec.isStrict() || reported) {
            return;
        }
        Map<Object, Fault> unseen = faults(null);
        unseen.keySet().removeAll(seenSubjects);
        unseen.values().stream()
                .findFirst()
                .ifPresent(first -> Warnings.log(
                        "a server was closed with " + unseen.size() + (unseen.size() == 1 ? " failure" : " failures")
                                + " that no test verified; the first: "
                                + first.error().getMessage()));
    }
}
