package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.Progress.Frame;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The advice that the client may have left out a message: a later step of the block expects what it sent instead. */
final class SkippedMessage {

    /** Longer input is not examined. */
    private static final int LONGEST = 1 << 14;

    private SkippedMessage() {}

    /** A sentence about the message that a step did not expect, or nothing. */
    static String advice(ExpectStep failed, byte[] message, Connection on) {
        if (!(on instanceof ScriptConnection connection)) {
            return "";
        }
        Frame frame = connection.progress().top();
        if (frame == null || frame.step() != failed) {
            return "";
        }
        Settings settings = connection.settings();
        List<Integer> skipped = new ArrayList<>(List.of(frame.index + 1));
        Set<String> unset = new HashSet<>(failed.sets());
        for (int i = frame.index + 1; i < frame.steps.size() && isSameFraming(settings, connection); i++) {
            Behaviour behaviour = frame.steps.get(i);
            if (behaviour instanceof SettingStep setting) {
                settings = setting.after(settings);
            } else if (behaviour instanceof ExpectStep later) {
                if (accepts(later, failed, message, connection, unset) && allowsEnd(later, settings, connection)) {
                    return "Step " + (i + 1) + (frame.outer == null ? "" : " of this block")
                            + " expects what the client sent. Did the client leave out the message" + of(skipped)
                            + "?";
                }
                skipped.add(i + 1);
                unset.addAll(later.sets());
            }
        }
        return "";
    }

    private static boolean isSameFraming(Settings settings, ScriptConnection connection) {
        Settings now = connection.settings();
        return Objects.equals(settings.framing(), now.framing())
                && settings.charset().equals(now.charset());
    }

    private static boolean allowsEnd(ExpectStep later, Settings settings, ScriptConnection connection) {
        return !later.takesLine()
                || WrongEnd.of(settings, connection.input().pending().endOfLine()) == null;
    }

    private static boolean accepts(
            ExpectStep later, ExpectStep failed, byte[] message, ScriptConnection connection, Set<String> unset) {
        boolean isKnown = later.refersTo().stream()
                .allMatch(
                        name -> !unset.contains(name) && connection.variables().containsKey(name));
        Optional<Bytes> literal = isKnown ? literal(later, connection) : Optional.empty();
        if (literal.isEmpty()) {
            return false;
        }
        Bytes expected = literal.get();
        if (connection.isDatagrams()) {
            return expected.equals(Bytes.of(message));
        }
        if (later.takesLine() != failed.takesLine() || failed.takesCount()) {
            return false;
        }
        return later.takesLine() || connection.framing().isPresent()
                ? expected.equals(Bytes.of(message))
                : !expected.isEmpty()
                        && Bytes.of(connection.conversation().input().sincePending(LONGEST))
                                .startsWith(expected);
    }

    private static Optional<Bytes> literal(ExpectStep step, ScriptConnection connection) {
        try {
            return step.literal(connection).map(Bytes::of);
        } catch (ExpectationFailed notInTheCharset) {
            return Optional.empty();
        }
    }

    private static String of(List<Integer> steps) {
        return steps.size() == 1
                ? " of step " + steps.get(0)
                : "s of steps "
                        + steps.subList(0, steps.size() - 1).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + " and " + steps.get(steps.size() - 1);
    }
}
