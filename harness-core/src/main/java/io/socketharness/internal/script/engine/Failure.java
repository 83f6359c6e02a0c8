package io.socketharness.internal.script.engine;

import io.socketharness.internal.ThrownText;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.internal.script.text.ComputationFailed;
import io.socketharness.recording.Exchange;
import io.socketharness.script.ExpectationFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a conversation, as it stood then.
 *
 * @param where how far the script was; null where the connection has none, or that says nothing
 * @param reason why
 * @param advice what to do about it; may be empty
 * @param remaining the step that failed and those after it, as lines of the text form
 * @param cause what was thrown, if it says more than the reason
 */
record Failure(
        @Nullable Place where,
        Reason reason,
        String advice,
        List<String> remaining,
        @Nullable Throwable cause) {

    private static final int LONGEST = 200;
    private static final int LONGEST_STEP = 200;
    private static final int MOST_STEPS = 20;

    static Failure at(Progress progress, Reason reason, @Nullable Throwable cause) {
        return new Failure(progress.place(), reason, "", progress.remaining(), cause);
    }

    static Failure at(Progress progress, String reason) {
        return at(progress, reason, "");
    }

    static Failure at(Progress progress, String reason, String advice) {
        return at(progress, Reason.of(reason), advice);
    }

    static Failure at(Progress progress, Reason reason, String advice) {
        return new Failure(progress.place(), reason, advice, progress.remaining(), null);
    }

    /** Nothing of the script, but something about the connection. */
    static Failure of(String reason, String advice) {
        return new Failure(null, Reason.of(reason), advice, List.of(), null);
    }

    /** More input than the script expects. */
    static Failure unexpected(String received, String advice) {
        String sentence = "the client sent more than the script expects";
        Reason reason = new Reason(
                sentence + ": " + received,
                List.of(ReportParagraph.words(sentence), ReportParagraph.received(received)));
        return new Failure(Place.END, reason, advice, List.of(), null);
    }

    /** A connection without a script; {@code sentence} says why, {@code before} how the last one ended. */
    static Failure unserved(String sentence, String before) {
        List<ReportParagraph> details = before.isEmpty() ? List.of() : List.of(ReportParagraph.words(before));
        return new Failure(null, Reason.of(sentence, details), "", List.of(), null);
    }

    /** Something about the connection, with the dialogue so far. Created when it is read. */
    static Supplier<String> explanation(ExchangeRecorder exchange, String reason) {
        Duration now = exchange.elapsed();
        return () -> exchange.recorder()
                .withoutSecrets(of(reason, "")
                        .report(
                                exchange.exchange(),
                                exchange.recorder().recording().title(),
                                exchange.exchange().dialogueUntil("dialogue", now))
                        .text());
    }

    static Failure outstanding(Progress progress, Until until, Input input, @Nullable Thread thread) {
        boolean own = Progress.obligation(progress.step()) == Obligation.OWN;
        String awaited = input.pending().what();
        String when = until.words();
        String reason;
        if (own) {
            reason = input.isInMessage()
                    ? "the behaviour received a part of a message, and the rest did not arrive " + when
                    : "the behaviour did not end " + when + stack(thread);
        } else if (progress.step() instanceof ExpectStep expecting) {
            reason = (awaited.isEmpty() ? expecting.wanted(input.isDatagrams()) : awaited) + " did not arrive " + when
                    + (input.isInMessage() ? input.arrivedPart() : "");
        } else if (input.isInMessage()) {
            reason = "the rest of " + (awaited.isEmpty() ? "a message" : awaited) + " did not arrive " + when
                    + input.arrivedPart() + ": " + input.part();
        } else if (progress.step() instanceof Step step
                && step.obligation() == Obligation.EXPECTS
                && !awaited.isEmpty()) {
            reason = awaited + " did not arrive " + when;
        } else {
            reason = "the step was not done " + when;
        }
        return at(progress, reason, StepAdvice.late(progress.step(), input, until.testPassed()));
    }

    /** A behaviour of the user's that threw: the line of the user's code comes first. */
    static Failure thrown(Progress progress, Throwable thrown) {
        Throwable cause = thrown.getCause();
        if (thrown instanceof ComputationFailed failed && cause != null) {
            return thrown(progress, "the function of ${" + failed.variable() + "} threw ", cause);
        }
        String what = progress.step() instanceof Step ? "the step threw " : "the behaviour threw ";
        return thrown(progress, what, thrown);
    }

    private static Failure thrown(Progress progress, String what, Throwable thrown) {
        Reason reason = Reason.of(
                what + ThrownText.inOneLine(thrown), what + ThrownText.inLines(thrown) + UserFrame.of(thrown));
        UserFrame.removeCallers(thrown);
        return at(progress, reason, thrown);
    }

    /** An exception of a step that runs beside the script. */
    static Failure beside(Progress progress, Step step, Throwable thrown) {
        String line = step.lines().get(0);
        Throwable cause = thrown.getCause();
        if (thrown instanceof ComputationFailed failed && cause != null) {
            return thrown(progress, line + " failed: the function of ${" + failed.variable() + "} threw ", cause);
        }
        String what = thrown instanceof ExpectationFailed
                ? line + " failed: " + thrown.getMessage()
                : line + " threw " + ThrownText.inOneLine(thrown);
        return at(progress, Reason.of(what), thrown instanceof ExpectationFailed ? null : thrown);
    }

    private static String stack(@Nullable Thread thread) {
        StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
        return List.of(stack).stream().limit(12).map(e -> "\n  at " + e).collect(Collectors.joining());
    }

    /** Such as {@code the script failed at step 2 of 5: expected PING, received PONG}, in one line. */
    String inOneLine() {
        return (where == null ? "" : where.scriptFailed() + ": ") + reasonInOneLine();
    }

    String reasonInOneLine() {
        return shortened(reason.inOneLine(), LONGEST);
    }

    /** Whether a step of the script failed. */
    boolean isAtStep() {
        return where != null && !where.frames().isEmpty();
    }

    Report report(Exchange exchange, String title) {
        return report(exchange, title, exchange.dialogueToFailure("dialogue"));
    }

    /** Such as {@code tcp://127.0.0.1:4711, connection 0: step 2 of 5 failed: expected PING, received PONG}. */
    String headline(Exchange exchange, String title) {
        ClearHello hello = ClearHello.of(exchange);
        String tls = hello == null ? TlsAdvice.of(exchange) : hello.advice();
        return subject(exchange, title)
                + (where == null ? "" : where.failed() + ": ")
                + (hello == null ? shortened(reason.inOneLine(), LONGEST) : hello.sentence())
                + (tls.isEmpty() ? "" : ". " + tls);
    }

    /** The headline with what to do about it. */
    String note(Exchange exchange, String title) {
        return headline(exchange, title) + (advice.isEmpty() || ClearHello.of(exchange) != null ? "" : ". " + advice);
    }

    private static String shortened(String words, int longest) {
        return words.length() > longest ? words.substring(0, longest) + "…" : words;
    }

    private static String subject(Exchange exchange, String title) {
        return title + (title.isEmpty() ? "connection " : ", connection ") + exchange.index() + ": ";
    }

    Report report(Exchange exchange, String title, String dialogue) {
        ClearHello hello = ClearHello.of(exchange);
        List<ReportParagraph> paragraphs = new ArrayList<>(hello == null ? reason.paragraphs() : hello.paragraphs());
        String headline = where == null ? paragraphs.remove(0).text() : where.failed();
        String help = hello != null ? hello.advice() : advice.isEmpty() ? TlsAdvice.of(exchange) : advice;
        if (!help.isEmpty()) {
            paragraphs.add(ReportParagraph.words(help));
        }
        String details = Report.indented(dialogue) + notReached();
        return new Report(exchange, subject(exchange, title), headline, paragraphs, details, List.of());
    }

    private String notReached() {
        if (remaining.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("\n  not reached");
        String mark = "<- here";
        for (String line : remaining.subList(0, Math.min(MOST_STEPS, remaining.size()))) {
            String step = shortened(line, LONGEST_STEP);
            out.append("\n    ").append(step);
            if (!mark.isEmpty()) {
                out.append(" ".repeat(Math.max(2, 32 - step.length()))).append(mark);
                mark = "";
            }
        }
        if (remaining.size() > MOST_STEPS) {
            out.append("\n    … and ").append(remaining.size() - MOST_STEPS).append(" more lines");
        }
        return out.toString();
    }
}
