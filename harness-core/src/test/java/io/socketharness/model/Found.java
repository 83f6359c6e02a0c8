package io.socketharness.model;

import io.socketharness.FakeServer;
import io.socketharness.model.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the judge reports, read from its message.
 *
 * @param connection its number, or -1 for one that is about no connection
 * @param verdict what is wrong
 */
record Found(int connection, Verdict verdict) {

    private static final Pattern PLACE = Pattern.compile(
            ", connection (\\d+): (?:(step .*) failed|failed after the last step)\n\n(.*)", Pattern.DOTALL);

    /** All that is wrong with a server; none if it passes. */
    static List<Found> in(@Nullable AssertionError failure) {
        List<Found> all = new ArrayList<>();
        if (failure != null) {
            all.add(of(String.valueOf(failure.getMessage())));
            for (Throwable other : failure.getSuppressed()) {
                all.add(of(String.valueOf(other.getMessage())));
            }
        }
        return all;
    }

    static @Nullable AssertionError verify(FakeServer server) {
        try {
            server.verify();
            return null;
        } catch (AssertionError failure) {
            return failure;
        }
    }

    private static Found of(String message) {
        Matcher place = PLACE.matcher(message);
        if (place.find()) {
            Kind kind = kind(place.group(3));
            boolean placed = place.group(2) != null && kind != Kind.UNEXPECTED;
            return new Found(Integer.parseInt(place.group(1)), new Verdict(kind, placed ? place.group(2) : ""));
        }
        boolean notRun = message.contains("set optional = true.");
        return new Found(-1, notRun ? Verdict.NOT_RUN : new Verdict(Kind.OTHER, message));
    }

    private static Kind kind(String reason) {
        String first = reason.lines().findFirst().orElse("").strip();
        if (first.equals("the client sent more than the script expects")) {
            return Kind.UNEXPECTED;
        } else if (first.startsWith("expected  ")
                || first.equals("no case matches this message")
                || first.equals("no @maybe of the block matches the received bytes")) {
            return Kind.MISMATCH;
        } else if (first.contains(" the connection while the server waited for ")) {
            return Kind.ENDED;
        } else if (first.contains("could not be sent: the client has gone")) {
            return Kind.NOT_SENT;
        } else if (first.contains(" did not arrive within ") || first.startsWith("the step was not done within ")) {
            return Kind.TIMED_OUT;
        } else {
            return Kind.OTHER;
        }
    }
}
