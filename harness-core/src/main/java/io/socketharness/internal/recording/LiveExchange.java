package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The dialogue of an exchange while it happens. It collects reads, or writes, until they end with a line or the other side
 * continues, and passes them on as lines. For one thread.
 */
public final class LiveExchange {

    /**
     * A line.
     *
     * @param at the time of its last byte
     * @param kind of the event
     * @param data as transmitted, without secrets; empty for an event without data
     * @param text as in dialogues; empty for an event without data
     * @param remark more details; may be empty
     * @param isOmitted whether dialogues for people omit the event
     */
    public record Line(Duration at, Event.Kind kind, Bytes data, String text, String remark, boolean isOmitted) {}

    /** More is passed on although its line has not ended. */
    private static final int MOST = 64 << 10;
    /** How many secrets are hidden wherever they are. */
    private static final int MOST_SECRETS = 1_000;

    private final boolean datagrams;
    private final Secrets secrets;
    private final Consumer<Line> lines;
    private final Set<Bytes> values = new HashSet<>();
    private final List<Event> run = new ArrayList<>();
    private int size;
    private boolean clientEnded;
    private boolean hasInput;

    /**
     * @param datagrams whether the exchange consists of datagrams
     * @param redact the regular expressions of secrets
     * @param lines gets the lines
     */
    public LiveExchange(boolean datagrams, List<String> redact, Consumer<Line> lines) {
        this.datagrams = datagrams;
        this.secrets = Secrets.matching(redact);
        this.lines = lines;
    }

    /** Adds an event. */
    public void add(Event event) {
        hasInput |= isInput(event.kind());
        switch (event.kind()) {
            case RECEIVED, SENT -> data(event);
            default -> {
                clientEnded |=
                        event.kind() == Event.Kind.HALF_CLOSED_BY_CLIENT || event.kind() == Event.Kind.RESET_BY_CLIENT;
                remark(event);
            }
        }
    }

    private static boolean isInput(Event.Kind kind) {
        return switch (kind) {
            case RECEIVED, TLS_HELLO, TLS_ESTABLISHED, TLS_FAILED -> true;
            default -> false;
        };
    }

    private void data(Event event) {
        if (!run.isEmpty() && run.get(0).kind() != event.kind()) {
            flush();
        }
        run.add(event);
        size += event.bytes().size();
        if (datagrams || size >= MOST || endsWithLine(event.bytes())) {
            flush();
        }
    }

    private static boolean endsWithLine(Bytes bytes) {
        return !bytes.isEmpty() && bytes.at(bytes.size() - 1) == '\n';
    }

    private void remark(Event event) {
        flush();
        String detail = event.detail().isEmpty() ? event.kind().toString() : event.detail();
        String text = detail.lines().findFirst().orElse("");
        // a health check connects and sends nothing
        boolean isProbe = clientEnded && !hasInput && !datagrams;
        boolean isOmitted = switch (event.kind()) {
            case COMPLETED -> true;
            case CLOSED -> clientEnded;
            case FAILED -> isProbe;
            default -> false;
        };
        lines.accept(new Line(
                event.at(), event.kind(), Bytes.of(), "", secrets.hideValues(text, Secrets.texts(values)), isOmitted));
    }

    /** Removes the last received bytes: they begin a TLS handshake. */
    public void withdraw(int count) {
        if (run.isEmpty() || run.get(0).kind() != Event.Kind.RECEIVED || size < count) {
            return;
        }
        int left = count;
        while (left > 0) {
            Event last = run.remove(run.size() - 1);
            int kept = Math.max(0, last.bytes().size() - left);
            left -= last.bytes().size() - kept;
            if (kept > 0) {
                run.add(new Event(last.at(), last.kind(), last.bytes().slice(0, kept), last.detail()));
            }
        }
        size -= count;
    }

    /** Returns whether data was not passed on yet, and the last of it is not newer. */
    public boolean isPendingSince(Duration before) {
        return !run.isEmpty() && run.get(run.size() - 1).at().compareTo(before) <= 0;
    }

    /** Passes on everything. */
    public void flush() {
        if (run.isEmpty()) {
            return;
        }
        Snapshot recorded = snapshot();
        Snapshot snapshot = secrets.hide(recorded);
        if (!secrets.patterns().isEmpty()) {
            if (values.size() < MOST_SECRETS) {
                values.addAll(secrets.secrets(List.of(recorded)));
            }
            snapshot = snapshot.with(Secrets.hide(snapshot.received(), values), Secrets.hide(snapshot.sent(), values));
        }
        run.clear();
        size = 0;
        Event.Kind kind = snapshot.entry(0).kind();
        Dialogue.forEachMessage(snapshot, line -> {
            if (line instanceof DialogueLine.Message message) {
                String text = DialogueText.left(message);
                lines.accept(new Line(message.at(), kind, message.bytes(), text, message.remark(), false));
            }
        });
    }

    /** The data that was not passed on, as an exchange of its own. */
    private Snapshot snapshot() {
        EventLog events = new EventLog(datagrams);
        ByteLog bytes = new ByteLog();
        for (Event event : run) {
            int count = event.bytes().size();
            events.add(event.at().toNanos(), event.kind(), bytes.length(), count, event.detail());
            bytes.append(ByteBuffer.wrap(event.bytes().toByteArray()), count);
        }
        boolean isSent = run.get(0).kind() == Event.Kind.SENT;
        Bytes none = Bytes.of();
        return new Snapshot(
                events.view(),
                isSent ? none : bytes.kept(),
                isSent ? bytes.kept() : none,
                datagrams,
                List.of(),
                List.of());
    }
}
