package io.socketharness.internal.sweep;

import io.socketharness.Transport;
import io.socketharness.internal.sweep.Place.Kind;
import io.socketharness.sweep.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The faults that follow from a clean run. Over streams, with {@code o} offsets of a message (all up to 16 bytes,
 * otherwise five), each of them counts twice, for one connection and for all later ones too, unless it says "once":
 * <ul>
 *   <li>accept: close and reset; refuse and ignore once
 *   <li>TLS handshake: stall before it; close, reset and stall in it
 *   <li>message of the client: {@code o} times close, reset and stop-reading; slow-reading once above 64 KiB
 *   <li>message of the server: {@code o} times close, reset and stall; delay once; from two bytes on, split and delay of
 *       the second half once; coalesce once if the next message is of the server too
 *   <li>end by the server: reset and stall; with TLS also close
 * </ul>
 * Without a RST, the resets are missing. Over datagrams, each message has drop, duplicate, and swap if a later one of
 * its direction exists; messages of the server also have truncate from two bytes on, and delay.
 */
final class FaultPlan {

    /** The priority of the faults that decide which messages the client needs. */
    static final int NEED = 0;

    private static final int COARSE = 1;
    private static final int NEAR_EDGE = 2;
    private static final int PERSISTENT = 3;
    private static final int FINE = 4;

    private static final int ALL_OFFSETS = 16;
    /** The server's part of a TLS handshake is always longer. */
    private static final int IN_HANDSHAKE = 64;
    /** The system takes a shorter message of the client at once. */
    static final int SHORT = 64 << 10;

    private final CleanRun clean;
    private final Comparison comparison;
    private final Transport transport;
    private final List<PlannedFault> faults = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    /** The rows of the matrix for the messages of each connection. */
    private final Map<Integer, List<String>> rows = new HashMap<>();

    private final Map<String, Integer> labels = new HashMap<>();

    private FaultPlan(CleanRun clean, Comparison comparison) {
        this.clean = clean;
        this.comparison = comparison;
        this.transport = clean.transport();
    }

    /** The faults in the order of the dialogue. */
    static List<PlannedFault> of(CleanRun clean, Comparison comparison) {
        FaultPlan plan = new FaultPlan(clean, comparison);
        for (int i = 0; i < clean.connections().size(); i++) {
            plan.connection(i);
        }
        return plan.faults;
    }

    /** The same faults in the order in which they run. */
    static List<PlannedFault> inOrder(List<PlannedFault> faults) {
        return faults.stream()
                .sorted(Comparator.comparingInt(PlannedFault::priority))
                .toList();
    }

    private void connection(int index) {
        ConnectionTrace trace = clean.connections().get(index);
        List<TracedMessage> messages = trace.messages();
        if (transport.isDatagrams()) {
            for (int i = 0; i < messages.size(); i++) {
                datagram(index, messages, i);
            }
            return;
        }
        accept(index);
        if (transport == Transport.TLS) {
            handshake(index, 0);
        }
        for (int i = 0; i < messages.size(); i++) {
            if (trace.upgradesBefore(i)) {
                handshake(index, i);
            }
            end(index, i);
            message(index, messages, i);
        }
        if (trace.upgradesBefore(messages.size())) {
            handshake(index, messages.size());
        }
        end(index, messages.size());
    }

    private void accept(int index) {
        Place place = new Place(index, Kind.ACCEPT, 0, 0);
        once(place, Effect.REFUSE, COARSE, "refuse connection " + index + " and later");
        once(place, Effect.IGNORE, COARSE, "ignore connection " + index + " and later");
        twice(place, Effect.CLOSE, COARSE, "close at accept");
        twice(place, Effect.RESET, COARSE, "reset at accept");
    }

    private void handshake(int index, int message) {
        Place before = new Place(index, Kind.HANDSHAKE, message, 0);
        Place within = new Place(index, Kind.HANDSHAKE, message, IN_HANDSHAKE);
        twice(before, Effect.STALL, COARSE, "stall before the TLS handshake");
        for (Effect effect : List.of(Effect.CLOSE, Effect.RESET, Effect.STALL)) {
            twice(within, effect, COARSE, effect + " in the TLS handshake");
        }
    }

    private void message(int index, List<TracedMessage> messages, int at) {
        TracedMessage message = messages.get(at);
        Place start = new Place(index, Kind.MESSAGE, at, 0);
        String label = label(message);
        List<Effect> effects = message.fromServer()
                ? List.of(Effect.CLOSE, Effect.RESET, Effect.STALL)
                : List.of(Effect.CLOSE, Effect.RESET, Effect.STOP_READING);
        for (int offset : offsets(message.size())) {
            Place place = new Place(index, Kind.MESSAGE, at, offset);
            for (Effect effect : effects) {
                int priority = offset == 0 && effect == Effect.STALL ? NEED : priority(offset, message.size());
                twice(place, effect, priority, effect + " " + where(offset, message.size()) + label);
            }
        }
        if (!message.fromServer()) {
            if (message.size() > SHORT) {
                once(start, Effect.SLOW_READING, COARSE, "slow reading of " + label);
            }
            return;
        }
        once(start, Effect.DELAY, COARSE, "delay " + label);
        if (message.size() > 1) {
            int half = message.size() / 2;
            Place middle = new Place(index, Kind.MESSAGE, at, half);
            once(middle, Effect.DELAY, COARSE, "delay " + label + " after " + bytes(half));
            once(start, Effect.SPLIT, COARSE, "split " + label);
        }
        if (at + 1 < messages.size()
                && messages.get(at + 1).fromServer()
                && !clean.connections().get(index).upgradesBefore(at + 1)) {
            once(start, Effect.COALESCE, COARSE, "coalesce " + label + " and " + label(messages.get(at + 1)));
        }
    }

    /** The end by the server, if it is before a message. */
    private void end(int index, int before) {
        ConnectionTrace trace = clean.connections().get(index);
        if (!trace.endsBefore(before)) {
            return;
        }
        boolean secure =
                transport == Transport.TLS || IntStream.rangeClosed(0, before).anyMatch(trace::upgradesBefore);
        Place place = new Place(index, Kind.CLOSE, before, 0);
        twice(place, Effect.RESET, COARSE, "reset in place of the close");
        twice(place, Effect.STALL, COARSE, "stall in place of the close");
        if (secure) {
            twice(place, Effect.CLOSE, COARSE, "close without a close_notify");
        }
    }

    private void datagram(int index, List<TracedMessage> messages, int at) {
        TracedMessage message = messages.get(at);
        boolean fromServer = message.fromServer();
        if (transport == Transport.DTLS && !fromServer) {
            return;
        }
        Place place = new Place(index, Kind.MESSAGE, at, 0);
        String label = label(message);
        once(place, Effect.DROP, fromServer ? NEED : COARSE, "drop " + label);
        once(place, Effect.DUPLICATE, COARSE, "duplicate " + label);
        if (messages.stream().skip(at + 1).anyMatch(later -> later.fromServer() == fromServer)) {
            once(place, Effect.SWAP, COARSE, "swap " + label + " with the next");
        }
        if (fromServer) {
            if (message.size() > 1) {
                once(place, Effect.TRUNCATE, COARSE, "truncate " + label);
            }
            once(place, Effect.DELAY, COARSE, "delay " + label);
        }
    }

    private String row(Place place) {
        return switch (place.kind()) {
            case ACCEPT -> "accept";
            case HANDSHAKE -> "TLS handshake";
            case MESSAGE -> row(place.connection(), place.message());
            case CLOSE -> "end by the server";
        };
    }

    /** The label of a message, with a number if an earlier one has the same label. */
    private String row(int connection, int message) {
        List<String> known = rows.computeIfAbsent(connection, added -> new ArrayList<>());
        while (known.size() <= message) {
            String label = unquoted(clean.messages(connection).get(known.size()));
            int number = labels.merge(connection + label, 1, Integer::sum);
            known.add(number == 1 ? label : label + ", number " + number);
        }
        return known.get(message);
    }

    private String label(TracedMessage message) {
        return '"' + unquoted(message) + '"';
    }

    private String unquoted(TracedMessage message) {
        String text = clean.withoutSecrets().apply(comparison.text(message.bytes(), clean.address()));
        return clean.withoutSecrets().apply(MessageLabel.of(message.fromServer(), message.bytes(), text));
    }

    static List<Integer> offsets(int size) {
        return size <= ALL_OFFSETS
                ? IntStream.rangeClosed(0, size).boxed().toList()
                : List.of(0, 1, size / 2, size - 1, size);
    }

    private static int priority(int offset, int size) {
        if (offset == 0 || offset == size / 2 || offset == size) {
            return COARSE;
        }
        return offset == 1 || offset == size - 1 ? NEAR_EDGE : FINE;
    }

    private static String where(int offset, int size) {
        if (offset == 0) {
            return "before ";
        }
        return offset == size ? "after " : "after " + bytes(offset) + " of ";
    }

    private static String bytes(int count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    /** A fault of one connection, and one of this and later connections. */
    private void twice(Place place, Effect effect, int priority, String words) {
        add(place, effect, false, priority, words + " (connection " + place.connection() + ")");
        int later = priority == FINE ? FINE : PERSISTENT;
        add(place, effect, true, later, words + " (connection " + place.connection() + " and later)");
    }

    private void once(Place place, Effect effect, int priority, String words) {
        boolean ends = effect == Effect.REFUSE || effect == Effect.IGNORE;
        add(place, effect, ends, priority, words + (ends ? "" : " (connection " + place.connection() + ")"));
    }

    private void add(Place place, Effect effect, boolean persistent, int priority, String words) {
        if (effect == Effect.RESET && transport == Transport.UNIX) {
            return;
        }
        int number = names.merge(words, 1, Integer::sum);
        String name = number == 1 ? words : words + ", number " + number;
        faults.add(new PlannedFault(place, effect, persistent, priority, name, row(place)));
    }
}
