package io.socketharness.internal.server;

import io.socketharness.ServerSpec;
import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.runtime.ScriptDispatcher;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerFailures;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.runtime.Warnings;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.script.engine.Fault;
import java.time.Duration;
import java.util.ArrayList;
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

/** Says what is wrong with a server: with its conversations, and with the scripts that none of them ran. */
public final class Verifier {

    /** Of how many connections a failed test tells where they stood. */
    private static final int MOST_TOLD = 5;

    /** How long the server's own threads may take for what has come. */
    private static final Duration MOST_WORK = Duration.ofSeconds(2);

    private final ServerRuntime runtime;
    private final ServerSpec spec;
    private final Recorder recorder;
    private final ScriptDispatcher dispatcher;
    private final List<ServerConnection> served;
    private final ServerFailures failures;
    /** Takes in what the system holds for the server. */
    private final Runnable takeIn;

    /** What {@link #verifyNoFailures} has told. */
    private final Set<Object> told = ConcurrentHashMap.newKeySet();
    /** What any verification has told. */
    private final Set<Object> seen = ConcurrentHashMap.newKeySet();

    /** What the last {@link #cause} is about, and the error that reports it. */
    private volatile @Nullable Object causeOf;

    private volatile @Nullable Fault causeReport;

    /** Whether {@link #verify} has failed: what it leaves undone, the end of the server breaks off. */
    private volatile boolean reported;

    Verifier(ServerRuntime runtime, Runnable takeIn) {
        this.runtime = runtime;
        this.spec = runtime.spec();
        this.recorder = runtime.recorder();
        this.dispatcher = runtime.dispatcher();
        this.served = runtime.connections();
        this.failures = runtime.failures();
        this.takeIn = takeIn;
    }

    public Optional<Fault> verify() {
        takeIn.run();
        String ended = awaitSettled();
        if (ended != null) {
            // the timeout limits the wait for the client: what has come by now counts, however late the threads are
            takeIn.run();
            awaitQuiet(MOST_WORK);
        }
        return first(faults(isSettled() ? null : ended), false);
    }

    /** Waits for what is outstanding; tells why that came to an end, in words, or null where nothing is. */
    private @Nullable String awaitSettled() {
        // asked once: with a busy client the answer may be another one a moment later
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
            return "before the thread that verifies was interrupted";
        }
    }

    public Optional<Fault> verifyNoFailures() {
        takeIn.run();
        awaitQuiet(longer(MOST_WORK, spec.timeout()));
        return first(faults(null), true);
    }

    /**
     * The first failure in time that an exception of the test may come of. It is still to be reported: see {@link
     * #reportedAs}.
     */
    public Optional<Fault> cause() {
        takeIn.run();
        awaitQuiet(MOST_WORK);
        Map<Object, Fault> faults = faults(null);
        faults.values().removeIf(fault -> !fault.isCause());
        causeOf = faults.keySet().stream().findFirst().orElse(null);
        return faults.values().stream().findFirst();
    }

    /** Notes that {@link #cause} is reported, by an error that the test fails with. */
    public void reportedAs(AssertionError report, Fault cause) {
        Object about = causeOf;
        if (about != null) {
            seen.add(about);
            told.add(about);
        }
        recorder.reportedBy(report);
        causeReport = new Fault(report, cause.inOneLine(), cause.failedAt(), true);
    }

    /**
     * The report of {@link #cause}, if the failure of the test does not contain it: something has dropped it. Asked once, at
     * the end of that test: the server may live on, and the failures of later tests do not contain it either.
     */
    public Optional<Fault> droppedCause(@Nullable Throwable testFailure) {
        Fault report = causeReport;
        causeReport = null;
        return report == null || testFailure != null && recorder.isReportedBy(testFailure)
                ? Optional.empty()
                : Optional.of(report);
    }

    /** Tells besides what was still owed: the failure that cut the test short may come of it. */
    public Optional<Fault> verifyCutShort() {
        takeIn.run();
        awaitQuiet(longer(MOST_WORK, spec.timeout()));
        return first(faults("before the test failed"), true);
    }

    /** For a failed test: where the last connections stood, if there was one. */
    public Optional<AssertionError> standing() {
        // a copy: clients may still come
        List<ServerConnection> all = List.copyOf(served);
        int before = Math.max(0, all.size() - MOST_TOLD);
        StringBuilder out =
                new StringBuilder(title()).append(": nothing was wrong on the server's side when the test failed");
        if (before > 0) {
            out.append("; of ")
                    .append(all.size())
                    .append(" connections these were the last ")
                    .append(MOST_TOLD);
        }
        List<ServerConnection> last = all.subList(before, all.size());
        last.forEach(
                one -> out.append("\n\n").append(one.conversation().completion().standing(unserved())));
        return failures.hindrance()
                .or(() -> last.isEmpty() ? Optional.empty() : Optional.of(new AssertionError(out.toString())));
    }

    private String unserved() {
        return dispatcher.wasScripted()
                ? "no script is left for it: " + dispatcher.used()
                        + "; enqueue another script, or should the client reuse its connection?"
                : "no script serves it: received bytes are recorded, and not answered";
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Waits for the server's own threads, not for a client: what has come is looked at, though this thread is interrupted. */
    private void awaitQuiet(Duration most) {
        BooleanSupplier quiet = () -> recorder.recording().isEnded()
                || isSettled()
                || served.stream()
                        .allMatch(one -> one.conversation().completion().isQuiet());
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
        // first: a script on its way from a probe to a waiting connection is seen in one of both places
        boolean pending = dispatcher.isHandingOver()
                || !spec.isOptional() && !dispatcher.unclaimed().isEmpty();
        boolean all = true;
        for (ServerConnection one : served) {
            Conversation conversation = one.conversation();
            all &= conversation.completion().isSettled();
            conversation.completion().failIfUnexpected();
            if (conversation.completion().hasFailed()
                    && !conversation.completion().isProbe()
                    && !told.contains(conversation)) {
                return true;
            }
        }
        return all && !pending;
    }

    /**
     * What is wrong, by what it is about, in the order of its happening: failures first, then what is still owed.
     *
     * @param outstandingWhen when what is owed was not done, in words; null where it may still come
     */
    private Map<Object, Fault> faults(@Nullable String outstandingWhen) {
        Map<Object, Fault> faults = new LinkedHashMap<>();
        // first: one that is given up meanwhile is among the failed
        List<ServerConnection> waiting = dispatcher.waiting();
        List<Conversation> conversations =
                served.stream().map(ServerConnection::conversation).toList();
        conversations.forEach(one -> one.completion().failIfUnexpected());
        ServerFailures.Failed own = failures.failed().orElse(null);
        for (Conversation failed : conversations.stream()
                .filter(c -> c.completion().hasFailed() && !excused(c))
                .sorted((a, b) ->
                        Long.compare(a.completion().failedAt(), b.completion().failedAt()))
                .toList()) {
            if (own != null && own.at() < failed.completion().failedAt()) {
                faults.putIfAbsent(this, fault(own));
            }
            put(faults, failed, outstandingWhen);
        }
        if (own != null) {
            faults.putIfAbsent(this, fault(own));
        }
        unserved(faults, waiting);
        conversations.stream()
                .filter(c -> !c.completion().hasFailed()
                        && !excused(c)
                        && (outstandingWhen != null || c.completion().isOver()))
                .forEach(c -> put(faults, c, outstandingWhen));
        UnusedScripts unused = UnusedScripts.of(runtime);
        if (outstandingWhen != null && !spec.isOptional() && !unused.isEmpty()) {
            faults.put(dispatcher, unused.fault(outstandingWhen));
        }
        faults.keySet().removeAll(told);
        return faults;
    }

    private static Fault fault(ServerFailures.Failed own) {
        AssertionError error = own.error();
        return new Fault(error, String.valueOf(error.getMessage()), OptionalLong.of(own.at()), true);
    }

    private static void put(Map<Object, Fault> faults, Conversation conversation, @Nullable String outstandingWhen) {
        conversation
                .completion()
                .fault(outstandingWhen == null ? "" : outstandingWhen)
                .ifPresent(fault -> faults.put(conversation, fault));
    }

    /** A probe, a connection left without a byte, is no fault if another connection ran the script, or still may. */
    private boolean excused(Conversation conversation) {
        if (!conversation.completion().isProbe()) {
            return false;
        }
        return !dispatcher.servesAll()
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
                        one.conversation().completion().unserved(dispatcher.used(), dispatcher.before(one)));
            }
        }
    }

    private Optional<Fault> first(Map<Object, Fault> faults, boolean once) {
        seen.addAll(faults.keySet());
        if (once) {
            told.addAll(faults.keySet());
        }
        List<Fault> all = new ArrayList<>(faults.values());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        reported |= !once;
        AssertionError first = all.get(0).error();
        all.subList(1, all.size()).forEach(other -> first.addSuppressed(other.error()));
        failures.hindrance().ifPresent(first::addSuppressed);
        return Optional.of(all.get(0));
    }

    /** Warns of failures that no verification has told. */
    void warnIfUnseen() {
        if (!spec.isStrict() || reported) {
            return;
        }
        Map<Object, Fault> unseen = faults(null);
        unseen.keySet().removeAll(seen);
        unseen.values().stream()
                .findFirst()
                .ifPresent(first -> Warnings.log(
                        "a server was closed with " + unseen.size() + (unseen.size() == 1 ? " failure" : " failures")
                                + " that nobody verified; the first: "
                                + first.error().getMessage()));
    }

    private String title() {
        return recorder.recording().title();
    }
}
