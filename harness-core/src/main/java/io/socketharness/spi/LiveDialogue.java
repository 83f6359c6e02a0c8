package io.socketharness.spi;

import io.socketharness.ServerSpec;
import io.socketharness.internal.recording.LiveExchange;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Converts the events of a server to the lines of its dialogue, while they happen. The data of several reads or writes is
 * one line if its end arrives with the last of them. For one thread at a time.
 */
public final class LiveDialogue {

    /** How long the begin of a line waits for its end. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    /**
     * A line of the dialogue of a connection.
     *
     * @param connection the index of the connection, 0 for the first
     * @param at the time of its last byte, since the origin of the server's times
     * @param kind the kind of the event
     * @param data the bytes as transmitted, with asterisks in place of secrets; empty for an event without data
     * @param text the line as in a script, such as {@code C: QUIT}; empty for an event without data
     * @param remark the event, or more details; may be empty
     * @param isOmitted whether dialogues for people omit the event
     */
    public record Line(
            int connection, Duration at, Event.Kind kind, Bytes data, String text, String remark, boolean isOmitted) {}

    private final boolean datagrams;
    private final List<String> redact;
    private final Consumer<Line> lines;
    private final Map<Integer, LiveExchange> exchanges = new HashMap<>();

    /**
     * Creates the dialogue of a server.
     *
     * @param spec the specification of the server; its secrets are not shown
     * @param lines gets the lines
     */
    public LiveDialogue(ServerSpec spec, Consumer<Line> lines) {
        this.datagrams = spec.transport().isDatagrams();
        this.redact = spec.redact();
        this.lines = lines;
    }

    /**
     * Adds an event, see {@link ServerObserver#occurred}.
     *
     * @param connection the index of the connection
     * @param event the event
     */
    public void add(int connection, Event event) {
        boolean isNew = event.kind() == Event.Kind.OPENED && !(datagrams && redact.isEmpty());
        LiveExchange exchange =
                isNew ? exchanges.computeIfAbsent(connection, this::exchange) : exchanges.get(connection);
        if (exchange == null) {
            // its events have all that their lines need
            exchange = exchange(connection);
        }
        exchange.add(event);
        if (isEnd(event.kind()) && !datagrams) {
            exchange.flush();
            exchanges.remove(connection);
        }
    }

    /** After the end of a stream, only the server continues, without data. */
    private static boolean isEnd(Event.Kind kind) {
        return switch (kind) {
            case RESET_BY_CLIENT, RESET_BY_SERVER, CLOSED -> true;
            default -> false;
        };
    }

    private LiveExchange exchange(int connection) {
        return new LiveExchange(
                datagrams,
                redact,
                line -> lines.accept(new Line(
                        connection,
                        line.at(),
                        line.kind(),
                        line.data(),
                        line.text(),
                        line.remark(),
                        line.isOmitted())));
    }

    /**
     * Removes data that begins a TLS handshake, see {@link ServerObserver#withdrawn}.
     *
     * @param connection the index of the connection
     * @param count the number of bytes
     */
    public void withdraw(int connection, int count) {
        LiveExchange exchange = exchanges.get(connection);
        if (exchange != null) {
            exchange.withdraw(count);
        }
    }

    /**
     * Passes on lines whose end did not arrive within 100 ms.
     *
     * @param now the time since the origin of the server's times
     */
    public void flush(Duration now) {
        for (LiveExchange exchange : new ArrayList<>(exchanges.values())) {
            if (exchange.isPendingSince(now.minus(LONGEST_WAIT))) {
                exchange.flush();
            }
        }
    }

    /** Passes on all lines. */
    public void flush() {
        exchanges.values().forEach(LiveExchange::flush);
    }
}
