package io.socketharness.internal.sweep;

import io.socketharness.internal.ThrownText;
import io.socketharness.recording.Bytes;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import io.socketharness.sweep.Effect;
import io.socketharness.sweep.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges runs by their evidence. */
final class Judge {

    /** A client may connect so often for each connection of the clean run. */
    private static final int MOST_CONNECTIONS = 20;

    /** A test that returns later may have waited for a message. It is repeated, because the machine may be busy. */
    private static final Duration SOON = Duration.ofMillis(30);
    /** A test that returns later has waited. */
    private static final Duration LATE = Duration.ofMillis(200);

    private static final String UNDECLARED =
            "\nNo exception is tolerated. If the client may report a fault with this one,"
                    + " declare it: tolerates of @FaultSweep, or tolerating of Sweep.";

    /** How a faulted connection ends for a test that serves it itself. */
    private static final Set<Class<?>> SERVER_ENDS =
            Set.of(ClientGone.class, DeadlineExceeded.class, EndOfInput.class, OutputClosed.class, ServerClosed.class);

    private static final int STACK = 20;
    private static final String OWN = Judge.class.getPackageName() + ".";

    /** A verdict with its reason, in one or more lines. */
    record Judgement(Verdict verdict, String reason) {}

    private final CleanRun clean;
    private final Comparison comparison;
    private final SweepSettings settings;
    private final boolean hasScripts;
    /** The messages of the server that the test needs. */
    private final Set<Place> needed = ConcurrentHashMap.newKeySet();

    /** {@code hasScripts} if single connections have scripts of their own, in the order of acceptance. */
    Judge(CleanRun clean, Comparison comparison, SweepSettings settings, boolean hasScripts) {
        this.clean = clean;
        this.comparison = comparison;
        this.settings = settings;
        this.hasScripts = hasScripts;
    }

    /** How many connections a client may open in a run with a fault. */
    static int mostConnections(CleanRun clean) {
        return MOST_CONNECTIONS * Math.max(1, clean.connections().size());
    }

    /** Learns from a run without a message of the server whether the test needs it. {@code time} is its shortest time. */
    void learn(PlannedFault fault, RunEvidence run, Duration time) {
        if (run.fired() && !(run.returned() && isWithin(time, SOON))) {
            need(fault);
        }
    }

    /** Notes that the test needs the message of a fault, unless it is a farewell. */
    void need(PlannedFault fault) {
        if (!isFarewell(fault.place())) {
            needed.add(fault.place());
        }
    }

    /** Whether it is unclear if the test has waited for a message that did not arrive. */
    boolean isUnclear(RunEvidence run) {
        return run.fired() && run.returned() && !isWithin(run.time(), SOON) && isWithin(run.time(), LATE);
    }

    private boolean isWithin(Duration time, Duration later) {
        return time.compareTo(clean.time().plus(later)) <= 0;
    }

    /** Whether a message is the server's last one, after which the client only closes. */
    private boolean isFarewell(Place place) {
        return !settings.lastReplyNeeded()
                && place.message() == clean.messages(place.connection()).size() - 1;
    }

    Judgement judge(PlannedFault fault, RunEvidence run) {
        Judgement unfit = unfit(run);
        if (unfit != null) {
            return unfit;
        }
        if (run.hang().isPresent()) {
            return new Judgement(Verdict.HANG, hang(run.hang().get(), run.connections()));
        }
        int most = mostConnections(clean);
        if (run.connections() > most) {
            return new Judgement(
                    Verdict.RETRY_STORM,
                    "the client opened " + run.connections() + " connections; " + most + " are allowed");
        }
        String repeated = repeated(run);
        if (repeated != null) {
            return new Judgement(Verdict.REPEATED, repeated);
        }
        boolean inOrder =
                !hasScripts || run.connections() <= clean.connections().size();
        Throwable thrown = ThrownByTest.of(run.thrown());
        Judgement end = thrown == null ? returned(run) : thrown(fault.effect(), thrown);
        RunEvidence.Mismatch mismatch = run.mismatch();
        // a client that gives up may leave its other connections with a farewell
        if (mismatch != null && inOrder && !(mismatch.wasOpen() && end.verdict() == Verdict.TOLERATED)) {
            return new Judgement(Verdict.SERVER_FAILED, mismatch.words());
        }
        return end.verdict().passes() && fault.effect() != Effect.RESET && run.open() > clean.open()
                ? new Judgement(Verdict.LEAK, leak(run))
                : end;
    }

    /** The judgement of a run that says nothing about the client. */
    private static @Nullable Judgement unfit(RunEvidence run) {
        if (run.obstacle() != null) {
            return new Judgement(Verdict.NOT_APPLICABLE, run.obstacle());
        }
        if (!run.fired()) {
            return run.divergence() != null
                    ? new Judgement(Verdict.DIVERGED, run.divergence())
                    : new Judgement(Verdict.NOT_REACHED, notReached(run));
        }
        return null;
    }

    private static String notReached(RunEvidence run) {
        String sentence = "the dialogue did not come to this place";
        return run.mismatch() == null
                ? sentence
                : sentence + "; " + run.mismatch().words();
    }

    private String hang(Watchdog.Hang hang, int connections) {
        String retries = connections > clean.connections().size()
                ? ", although the client opened " + connections + " connections"
                : "; a time limit of the client may be longer";
        return hang.words() + retries + ".\nThe test was at\n" + stack(hang);
    }

    /** The innermost frames of a test at its time limit. */
    static String stack(Watchdog.Hang hang) {
        return hang.stack().stream()
                .takeWhile(frame -> !frame.getClassName().startsWith(OWN))
                .limit(STACK)
                .map(Judge::withoutModule)
                .collect(Collectors.joining("\n"));
    }

    private static String withoutModule(StackTraceElement frame) {
        return "  at "
                + new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
    }

    private static String leak(RunEvidence run) {
        return (run.open() == 1 ? "1 connection of the client is" : run.open() + " connections of the client are")
                + " still open 500 ms after the test";
    }

    private Judgement thrown(Effect effect, Throwable thrown) {
        boolean tolerated = settings.tolerated().stream().anyMatch(type -> type.isInstance(thrown));
        String words = ThrownText.inOneLine(thrown);
        if (tolerated && !effect.isHarmless()) {
            return new Judgement(Verdict.TOLERATED, words);
        }
        if (SERVER_ENDS.contains(thrown.getClass()) && !effect.isHarmless()) {
            return new Judgement(
                    Verdict.NOT_APPLICABLE,
                    "the test serves the connection itself, and its server code failed because of the fault: " + words);
        }
        Verdict verdict = thrown instanceof AssertionError ? Verdict.WRONG_RESULT : Verdict.WRONG_EXCEPTION;
        String why = tolerated ? "although all data arrives, the test threw " : "the test threw ";
        boolean undeclared =
                settings.tolerated().isEmpty() && verdict == Verdict.WRONG_EXCEPTION && !effect.isHarmless();
        return new Judgement(verdict, why + words + (undeclared ? UNDECLARED : ""));
    }

    private Judgement returned(RunEvidence run) {
        Map<String, Integer> arrived = new HashMap<>();
        for (ConnectionTrace trace : run.traces()) {
            for (TracedMessage message : trace.messages()) {
                if (message.fromServer() && message.whole()) {
                    arrived.merge(comparison.text(message.bytes(), run.address()), 1, Integer::sum);
                }
            }
        }
        for (Place place : needed.stream().sorted(Judge::inDialogue).toList()) {
            TracedMessage message = clean.messages(place.connection()).get(place.message());
            String text = comparison.text(message.bytes(), clean.address());
            if (arrived.merge(text, -1, Integer::sum) < 0) {
                return new Judgement(
                        Verdict.SWALLOWED,
                        "the test returned, but \"" + MessageLabel.of(true, message.bytes(), text)
                                + "\" did not arrive, and the test needs it");
            }
        }
        return new Judgement(Verdict.SURVIVED, "the test returned");
    }

    private static int inDialogue(Place one, Place other) {
        int byConnection = Integer.compare(one.connection(), other.connection());
        return byConnection != 0 ? byConnection : Integer.compare(one.message(), other.message());
    }

    /** A message that must not be repeated and was received whole more often than in the clean run. */
    private @Nullable String repeated(RunEvidence run) {
        Map<String, List<TracedMessage>> allowed = once(clean.connections(), clean.address());
        Map<String, List<TracedMessage>> found = once(run.traces(), run.address());
        for (Map.Entry<String, List<TracedMessage>> message : found.entrySet()) {
            int before = allowed.getOrDefault(message.getKey(), List.of()).size();
            int now = message.getValue().size();
            if (now > Math.max(before, 1)) {
                Bytes bytes = message.getValue().get(0).bytes();
                return "the server received \"" + MessageLabel.of(false, bytes, message.getKey()) + "\" " + now
                        + " times; in the clean run " + before;
            }
        }
        return null;
    }

    /** The messages that must not be repeated and were received whole, by their text. */
    private Map<String, List<TracedMessage>> once(List<ConnectionTrace> traces, Map<String, String> address) {
        Map<String, List<TracedMessage>> found = new LinkedHashMap<>();
        for (ConnectionTrace trace : traces) {
            for (TracedMessage message : trace.messages()) {
                if (message.fromServer() || !message.whole() || settings.once().isEmpty()) {
                    continue;
                }
                String text = comparison.text(message.bytes(), address);
                if (isOnce(text)) {
                    found.computeIfAbsent(text, added -> new ArrayList<>()).add(message);
                }
            }
        }
        return found;
    }

    private boolean isOnce(String text) {
        return settings.once().stream().map(Pattern::asPredicate).anyMatch(once -> once.test(text));
    }
}
