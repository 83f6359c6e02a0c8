package io.socketharness.internal.sweep;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.ScriptSecrets;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.recording.Bytes;
import io.socketharness.sweep.Effect;
import io.socketharness.sweep.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a fault as scripts of a normal test: the messages of the clean run, and a step in place of the fault. Comments
 * name faults that no step of a script can cause.
 */
final class FaultScript {

    private static final int LONGEST_IN_SINGLE_BYTES = 64;

    private final CleanRun clean;
    private final PlannedFault fault;
    private final Place place;
    private final Effect effect;
    private final MessageStep message;
    /** How long the message of a delay waited. */
    private final Duration delay;

    private final List<String> lines = new ArrayList<>();

    private FaultScript(CleanRun clean, Comparison comparison, PlannedFault fault, Duration delay) {
        this.clean = clean;
        this.fault = fault;
        this.place = fault.place();
        this.effect = fault.effect();
        this.message = new MessageStep(clean, comparison);
        this.delay = delay;
    }

    /**
     * Returns the scripts of the connections, in the order in which a client opens them. The last one serves all later
     * connections, too.
     *
     * @param connections how many connections the client has opened in the run with the fault
     * @param delay how long the message of a delay waited
     */
    static List<String> of(
            CleanRun clean,
            Comparison comparison,
            PlannedFault fault,
            Verdict verdict,
            int connections,
            Duration delay) {
        int at = fault.place().connection();
        int known = clean.connections().size();
        List<String> scripts = new ArrayList<>();
        for (int i = 0; i < at; i++) {
            scripts.add(new FaultScript(clean, comparison, fault, delay).withoutFault(i));
        }
        scripts.add(new FaultScript(clean, comparison, fault, delay).withFault(verdict));
        if (!fault.persistent()) {
            for (int i = at + 1; i < Math.min(known, connections); i++) {
                scripts.add(new FaultScript(clean, comparison, fault, delay).withoutFault(i));
            }
            if (connections > known) {
                scripts.add(new FaultScript(clean, comparison, fault, delay).withoutFault(at));
            }
        }
        return scripts;
    }

    private String withoutFault(int connection) {
        lines.add("# without a fault");
        messages(connection, 0, clean.messages(connection).size());
        end(connection);
        return text();
    }

    private String withFault(Verdict verdict) {
        lines.add("# " + fault.name());
        lines.add("# " + expectation(verdict));
        switch (place.kind()) {
            case ACCEPT -> atAccept();
            case HANDSHAKE -> {
                messages(place.connection(), 0, place.message());
                inHandshake(place.offset());
            }
            case MESSAGE -> {
                messages(place.connection(), 0, place.message());
                upgrade(place.connection(), place.message());
                halfClose(place.connection(), place.message());
                inMessage(clean.messages(place.connection()).get(place.message()));
            }
            case CLOSE -> {
                messages(place.connection(), 0, place.message());
                upgrade(place.connection(), place.message());
                disrupt();
            }
        }
        return text();
    }

    private static String expectation(Verdict verdict) {
        String advice = switch (verdict) {
            case HANG -> ": limit the time of the test";
            case SWALLOWED -> ": assert that it throws an exception";
            case REPEATED -> ": assert that the server receives it once";
            case RETRY_STORM -> ": assert on the number of connections";
            case LEAK -> ": assert that it closes it";
            default -> "";
        };
        return MatrixLegend.sentence(verdict) + advice + ".";
    }

    private void atAccept() {
        if (effect == Effect.REFUSE || effect == Effect.IGNORE) {
            String when = place.connection() == 0
                    ? "before the client connects"
                    : "after the client has opened "
                            + (place.connection() == 1 ? "1 connection" : place.connection() + " connections");
            lines.add("# Call server." + effect + "() " + when + ".");
            messages(place.connection(), 0, clean.messages(place.connection()).size());
            end(place.connection());
        } else if (clean.transport().isSecure()) {
            inHandshake(0);
        } else {
            disrupt();
        }
    }

    private void inHandshake(int offset) {
        lines.add(offset == 0 ? "@tls-hello" : "@tls-flight " + offset);
        lines.add(
                switch (effect) {
                    case CLOSE -> "@close";
                    case RESET -> "@reset";
                    default -> "@stall";
                });
    }

    private void inMessage(TracedMessage whole) {
        Bytes bytes = whole.bytes();
        boolean fromServer = whole.fromServer();
        int next = place.message() + 1;
        switch (effect) {
            case CLOSE, RESET, STALL, STOP_READING -> {
                // the server notices a message of the client when its first byte has arrived
                int offset = fromServer ? place.offset() : Math.max(1, place.offset());
                int arrives = Math.min(offset, bytes.size());
                if (arrives > 0) {
                    lines.add(message.of(fromServer, bytes.slice(0, arrives)));
                }
                disrupt();
                return;
            }
            case SPLIT -> split(bytes);
            case COALESCE -> {
                lines.add("@batch");
                lines.add(message.of(true, bytes));
                messages(place.connection(), next, next + 1);
                lines.add("@end");
                next++;
            }
            case DELAY -> delayed(bytes);
            case DROP, DUPLICATE, SWAP, TRUNCATE -> datagram(whole);
            default -> {
                // slow reading
                lines.addAll(List.of("@repeat 1", "@network stop-reading", "@delay 300ms", "@end"));
                lines.add(message.of(fromServer, bytes));
            }
        }
        messages(place.connection(), next, clean.messages(place.connection()).size());
        end(place.connection());
    }

    /** Ends the connection, or what the server sends. */
    private void disrupt() {
        boolean secure = clean.transport().isSecure() && !place.isIn(Kind.ACCEPT) || isUpgraded();
        switch (effect) {
            case CLOSE -> lines.addAll(List.of(secure ? "@tls-truncate" : "@half-close", "@discard"));
            case RESET -> lines.add("@reset");
            case STOP_READING -> lines.addAll(List.of("@network stop-reading", "@stall"));
            default -> lines.add("@stall");
        }
    }

    private boolean isUpgraded() {
        for (int i = 0; i <= place.message(); i++) {
            if (clean.connections().get(place.connection()).upgradesBefore(i)) {
                return true;
            }
        }
        return false;
    }

    private void split(Bytes bytes) {
        if (bytes.size() <= LONGEST_IN_SINGLE_BYTES) {
            lines.addAll(List.of("@repeat 1", "@drip 1 1ms", message.of(true, bytes), "@end"));
            return;
        }
        int from = 0;
        for (int to : List.of(1, bytes.size() / 2, bytes.size() - 1, bytes.size())) {
            if (from > 0) {
                lines.add("@delay 20ms");
            }
            lines.add(message.of(true, bytes.slice(from, to)));
            from = to;
        }
    }

    private void delayed(Bytes bytes) {
        if (place.offset() > 0) {
            lines.add(message.of(true, bytes.slice(0, place.offset())));
        }
        // later than the client has done something else, on a busy machine too, but not much: it may wait again
        Duration late = delay.plus(delay.dividedBy(4)).plusMillis(10);
        lines.add("@delay " + Durations.format(Duration.ofMillis(late.toMillis())));
        lines.add(message.of(true, bytes.slice(place.offset(), bytes.size())));
    }

    private void datagram(TracedMessage whole) {
        Bytes bytes = whole.bytes();
        if (!whole.fromServer()) {
            int number = 1;
            for (TracedMessage before : clean.messages(place.connection()).subList(0, place.message())) {
                number += before.fromServer() ? 0 : 1;
            }
            String numbers = effect == Effect.SWAP ? number + ", " + (number + 1) : String.valueOf(number);
            lines.add(
                    1,
                    "# Call server.network(" + effect + "Datagrams(" + numbers
                            + ").toServer()) before the client sends.");
        } else {
            lines.add(
                    switch (effect) {
                        case DROP -> "@network drop 1 to client";
                        case DUPLICATE -> "@network duplicate 1 to client";
                        case SWAP -> "@network swap 1 2 to client";
                        default -> "@network truncate 1 to " + bytes.size() / 2 + " to client";
                    });
        }
        lines.add(message.of(whole.fromServer(), bytes));
    }

    private void messages(int connection, int from, int to) {
        List<TracedMessage> all = clean.messages(connection);
        for (int i = from; i < to; i++) {
            upgrade(connection, i);
            halfClose(connection, i);
            lines.add(message.of(all.get(i).fromServer(), all.get(i).bytes()));
        }
    }

    private void upgrade(int connection, int message) {
        if (clean.connections().get(connection).upgradesBefore(message)) {
            lines.add("@starttls");
        }
    }

    /** Ends the server's side before a message, if the clean run did. */
    private void halfClose(int connection, int message) {
        if (clean.connections().get(connection).endsBefore(message)) {
            lines.add("@half-close");
        }
    }

    private void end(int connection) {
        ConnectionTrace trace = clean.connections().get(connection);
        upgrade(connection, trace.size());
        if (trace.endsBefore(trace.size())) {
            lines.add("@close");
        }
    }

    private String text() {
        return String.join("\n", ScriptSecrets.hide(lines, clean.withoutSecrets()));
    }
}
