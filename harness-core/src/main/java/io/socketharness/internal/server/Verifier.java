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
import io.socketharness.script.Script;
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

    /** Whether {@link #verify} has failed: what it leaves undone, the end of the server breaks off. */
    private volatile boolean reported;

    Verifier(ServerRuntime runtime, Runnable takeIn) {
        this.spec = runtime.spec();
        this.recorder = runtime.recorder();
        this.dispatcher = runtime.dispatcher();
        this.served = runtime.connections();
        this.failures = runtime.failures();
        this.takeIn = takeIn;
    }

    public Optional<Verdict> verify() {
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

    public Optional<Verdict> verifyNoFailures() {
        takeIn.run();
        awaitQuiet(longer(MOST_WORK, spec.timeout()));
        return first(faults(null), true);
    }

    /** Tells besides what was still owed: the failure that cut the test short may come of it. */
    public Optional<Verdict> verifyCutShort() {
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
                one -> out.append("\n\n").append(one.conversation().completion().standing()));
        return failures.hindrance()
                .or(() -> last.isEmpty() ? Optional.empty() : Optional.of(new AssertionError(out.toString())));
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
    private Map<Object, AssertionError> faults(@Nullable String outstandingWhen) {
        Map<Object, AssertionError> faults = new LinkedHashMap<>();
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
                faults.putIfAbsent(this, own.error());
            }
            put(faults, failed, outstandingWhen);
        }
        if (own != null) {
            faults.putIfAbsent(this, own.error());
        }
        unserved(faults, waiting);
        conversations.stream()
                .filter(c -> !c.completion().hasFailed()
                        && !excused(c)
                        && (outstandingWhen != null || c.completion().isOver()))
                .forEach(c -> put(faults, c, outstandingWhen));
        if (outstandingWhen != null) {
            unclaimed(faults, outstandingWhen);
        }
        faults.keySet().removeAll(told);
        return faults;
    }

    private static void put(
            Map<Object, AssertionError> faults, Conversation conversation, @Nullable String outstandingWhen) {
        conversation
                .completion()
                .failure(outstandingWhen == null ? "" : outstandingWhen)
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

    private void unserved(Map<Object, AssertionError> faults, List<ServerConnection> waiting) {
        if (!dispatcher.wasScripted()) {
            return;
        }
        for (ServerConnection one : waiting) {
            if (one.conversation().completion().isUnclaimed()
                    && !one.conversation().completion().isProbe()) {
                faults.put(one.conversation(), one.conversation().completion().unserved(dispatcher.before(one)));
            }
        }
    }

    private void unclaimed(Map<Object, AssertionError> faults, String outstandingWhen) {
        if (spec.isOptional()) {
            return;
        }
        for (Script script : dispatcher.unclaimed()) {
            faults.put(
                    script,
                    new AssertionError(title() + ": no connection ran this script, " + outstandingWhen
                            + ", and it is not optional" + probes() + "\n\n"
                            + indent(script.toString()) + "\n" + recorder.recording()));
        }
    }

    private String probes() {
        long probes = served.stream()
                .filter(s -> s.conversation().completion().isProbe())
                .count();
        return probes == 0
                ? ""
                : probes == 1
                        ? "; one client connected and left without a byte"
                        : "; " + probes + " clients connected and left without a byte";
    }

    private static String indent(String lines) {
        return lines.lines().map(l -> "    " + l + "\n").reduce("", String::concat);
    }

    private Optional<Verdict> first(Map<Object, AssertionError> faults, boolean once) {
        seen.addAll(faults.keySet());
        if (once) {
            told.addAll(faults.keySet());
        }
        List<AssertionError> errors = new ArrayList<>(faults.values());
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        reported |= !once;
        AssertionError first = errors.get(0);
        errors.subList(1, errors.size()).forEach(first::addSuppressed);
        failures.hindrance().ifPresent(first::addSuppressed);
        return Optional.of(
                new Verdict(first, failedAt(faults.keySet().iterator().next())));
    }

    private OptionalLong failedAt(Object wrong) {
        return wrong == this
                ? OptionalLong.of(failures.failed().orElseThrow().at())
                : wrong instanceof Conversation conversation
                                && conversation.completion().hasFailed()
                        ? OptionalLong.of(conversation.completion().failedAt())
                        : OptionalLong.empty();
    }

    /** Warns of failures that no verification has told. */
    void warnIfUnseen() {
        if (!spec.isStrict() || reported) {
            return;
        }
        Map<Object, AssertionError> unseen = faults(null);
        unseen.keySet().removeAll(seen);
        unseen.values().stream()
                .findFirst()
                .ifPresent(first -> Warnings.log(
                        "a server was closed with " + unseen.size() + (unseen.size() == 1 ? " failure" : " failures")
                                + " that nobody verified; the first: " + first.getMessage()));
    }

    private String title() {
        return recorder.recording().title();
    }
}
