package io.socketharness.internal.sweep;

import java.util.List;

/** Checks that two runs without a fault have the same dialogue. */
final class Repeatability {

    private static final String ADVICE =
            "\nA sweep needs the same dialogue in each run. Declare a part that differs with mask, a regular expression, or"
                    + " give the client a fixed value.";

    private Repeatability() {}

    static void require(CleanRun one, CleanRun other, Comparison comparison) {
        int count = one.connections().size();
        if (count != other.connections().size()) {
            throw new AssertionError("The test is not repeatable: the first run without a fault has " + count
                    + (count == 1 ? " connection" : " connections") + ", the second "
                    + other.connections().size() + "." + ADVICE);
        }
        for (int i = 0; i < count; i++) {
            require(i, one, other, comparison);
        }
    }

    private static void require(int connection, CleanRun one, CleanRun other, Comparison comparison) {
        List<TracedMessage> first = one.messages(connection);
        List<TracedMessage> second = other.messages(connection);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            boolean same = i < first.size()
                    && i < second.size()
                    && comparison.areEqual(first.get(i), one.address(), second.get(i), other.address());
            if (!same) {
                throw new AssertionError("The test is not repeatable: two runs without a fault differ in message "
                        + (i + 1) + " of connection " + connection + "\n  first:  " + text(one, first, i)
                        + "\n  second: "
                        + text(other, second, i) + ADVICE);
            }
        }
    }

    private static String text(CleanRun run, List<TracedMessage> messages, int index) {
        if (index >= messages.size()) {
            return "no message";
        }
        TracedMessage message = messages.get(index);
        return run.withoutSecrets().apply((message.fromServer() ? "S: " : "C: ") + message.bytes());
    }
}
