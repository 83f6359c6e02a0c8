package io.socketharness.internal.script.engine;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a conversation, as it stood then.
 *
 * @param where how far the script was; null where the connection has none, or that says nothing
 * @param reason why
 * @param remaining the step that failed and those after it, as lines of the text form
 * @param cause what was thrown, if it says more than the reason
 */
record Failure(
        @Nullable Place where,
        Reason reason,
        List<String> remaining,
        @Nullable Throwable cause) {

    private static final int LONGEST = 200;

    private static final Bytes TLS_HANDSHAKE = Bytes.of((byte) 0x16, (byte) 0x03);
    private static final Bytes DTLS_HANDSHAKE = Bytes.of((byte) 0x16, (byte) 0xfe);
    private static final Bytes CLIENT_HELLO = Bytes.of((byte) 1);

    static Failure at(Progress progress, Reason reason, @Nullable Throwable cause) {
        return new Failure(progress.place(), reason, progress.remaining(), cause);
    }

    static Failure at(Progress progress, String reason) {
        return at(progress, Reason.of(reason), null);
    }

    /** Nothing of the script, but something about the connection. */
    static Failure of(String reason) {
        return new Failure(null, Reason.of(reason), List.of(), null);
    }

    static Failure unexpected(String received) {
        Reason reason = Reason.of("the client sent more than the script expects", "received  " + received);
        return new Failure(Place.END, reason, List.of(), null);
    }

    static Failure unserved(String before) {
        Reason reason = Reason.of(
                "no script was left for this connection: each one that the server was given has served another",
                indent(before));
        return new Failure(null, reason, List.of(), null);
    }

    static Failure unmet(Progress progress, String when, Input input, @Nullable Thread thread) {
        boolean own = Progress.obligation(progress.step()) == Obligation.OWN;
        String reason = !own
                ? progress.step() instanceof ExpectStep taking
                        ? taking.wanted(input.isDatagrams()) + " did not come " + when
                                + (input.isInMessage() ? input.come() : "")
                        : "not done " + when
                : input.isInMessage()
                        ? "it did not come to the end of a message " + when
                        : "it did not come to its end " + when + stack(thread);
        return at(progress, reason);
    }

    private static String stack(@Nullable Thread thread) {
        StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
        return List.of(stack).stream().limit(12).map(e -> "\n  at " + e).collect(Collectors.joining());
    }

    /** Such as {@code the script failed at step 2 of 5: expected PING, received PONG}, in one line. */
    String inOneLine() {
        String words = reason.inOneLine();
        return (where == null ? "" : where.scriptFailed() + ": ")
                + (words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words);
    }

    AssertionError report(Exchange exchange, String title) {
        return new AssertionError(text(exchange, title, exchange.dialogueToFailure("dialogue")), cause);
    }

    String text(Exchange exchange, String title, String dialogue) {
        StringBuilder out = new StringBuilder(title)
                .append(title.isEmpty() ? "connection " : ", connection ")
                .append(exchange.index())
                .append(": ");
        if (where == null) {
            out.append(reason.text());
        } else {
            out.append(where.failed()).append("\n\n").append(indent(reason.text()));
        }
        if (hasHello(exchange)) {
            out.append("\n\n  the client began ")
                    .append(exchange.isDatagrams() ? "DTLS" : "TLS")
                    .append(" where the server does not: it has sent a hello");
        }
        out.append("\n\n").append(indent(dialogue));
        if (!remaining.isEmpty()) {
            out.append("\n  not reached");
            String mark = "<- here";
            for (String line : remaining) {
                out.append("\n    ").append(line);
                if (!mark.isEmpty()) {
                    out.append(" ".repeat(Math.max(2, 32 - line.length()))).append(mark);
                    mark = "";
                }
            }
        }
        return out.toString();
    }

    /** Whether something that was read begins as a client's hello does, where no TLS was begun. */
    private static boolean hasHello(Exchange exchange) {
        return exchange.handshake().isEmpty()
                && !exchange.has(Event.Kind.TLS_HELLO)
                && exchange.receivedDatagrams().stream().anyMatch(read -> isHello(read, exchange.isDatagrams()));
    }

    /** A record of a handshake (RFC 8446, 5.1; RFC 6347, 4.1) with a message of the type 1. */
    private static boolean isHello(Bytes read, boolean datagram) {
        int type = datagram ? 13 : 5;
        return read.size() > 2
                && read.slice(0, 2).equals(datagram ? DTLS_HANDSHAKE : TLS_HANDSHAKE)
                && (read.size() <= type || read.slice(type, type + 1).equals(CLIENT_HELLO));
    }

    private static String indent(String lines) {
        return lines.lines().map(l -> l.isEmpty() ? l : "  " + l).collect(Collectors.joining("\n"));
    }
}
