package io.socketharness.internal.capture;

import io.socketharness.internal.recording.DialogueLine.Form;
import io.socketharness.internal.recording.RecordedStep;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Rows of the diagram as items of a list. Names of classes are short, because there are thousands of them. */
final class RowHtml {

    static final int MOST_BYTES = 4096;
    private static final int LONGEST_STEP = 120;
    /** A shorter time between the parts of a message is that of the network. */
    private static final long NOTABLE = 20_000_000;

    private static final Set<Event.Kind> FAILURES = Set.of(Event.Kind.FAILED, Event.Kind.TLS_FAILED);
    private static final Set<Event.Kind> FAULTS = Set.of(
            Event.Kind.TLS_FAULT,
            Event.Kind.DISCARDED,
            Event.Kind.NOT_SENT,
            Event.Kind.NETWORK,
            Event.Kind.LIMIT_REACHED,
            Event.Kind.RESET_BY_CLIENT,
            Event.Kind.RESET_BY_SERVER);
    private static final Set<Event.Kind> FROM_CLIENT =
            Set.of(Event.Kind.OPENED, Event.Kind.HALF_CLOSED_BY_CLIENT, Event.Kind.RESET_BY_CLIENT);
    private static final Set<Event.Kind> FROM_SERVER =
            Set.of(Event.Kind.HALF_CLOSED_BY_SERVER, Event.Kind.CLOSED, Event.Kind.RESET_BY_SERVER);

    private final List<PageConnection> connections;
    /** The first failure of each connection, and that of the test, if links lead there. */
    private final Set<Row> failures = Collections.newSetFromMap(new IdentityHashMap<>());

    RowHtml(TimeLine line) {
        this(line, true);
    }

    /** {@code anchors} if links lead to the failures, which need ids that are unique on the page. */
    RowHtml(TimeLine line, boolean anchors) {
        this.connections = line.connections();
        if (!anchors) {
            return;
        }
        Set<Integer> known = new HashSet<>();
        for (Row row : line.rows()) {
            if (isFailure(row) && known.add(row.connection())) {
                failures.add(row);
            }
        }
    }

    /** Whether the row says that something failed. */
    static boolean isFailure(Row row) {
        return row instanceof Row.Remark remark && remark.failed()
                || row instanceof Row.Data data && data.hasFailed()
                || row instanceof Row.Happening happening && FAILURES.contains(happening.kind());
    }

    /** Whether the row is a fault that is not necessarily a failure, such as a lost datagram. */
    static boolean isFault(Row row) {
        return row instanceof Row.Lost
                || row instanceof Row.Data data && !data.lost().isEmpty()
                || row instanceof Row.Happening happening && FAULTS.contains(happening.kind());
    }

    /** What the row says in words; empty for data that was not lost. */
    static String words(Row row) {
        return row instanceof Row.Happening happening
                ? happening.words()
                : row instanceof Row.Remark remark
                        ? remark.words()
                        : row instanceof Row.Lost lost ? lost.words() : row instanceof Row.Data data ? data.lost() : "";
    }

    /** The row without its bytes. */
    Html brief(Row row) {
        return item(row, new Html().open("p").add(head(row)).close("p"));
    }

    /** The row with its bytes, which a reader can open. */
    Html full(Row row) {
        if (!(row instanceof Row.Data data) || bytes(data).isEmpty()) {
            return brief(row);
        }
        Html details = new Html()
                .open("details", isFailure(row) ? new String[] {"open", "open"} : new String[0])
                .open("summary")
                .add(head(row))
                .close("summary");
        Bytes bytes = bytes(data);
        Bytes shown = MessageText.first(bytes, MOST_BYTES);
        boolean isText = data.lines().stream().noneMatch(line -> line.message().form() == Form.HEX);
        if (isText && text(data).isIncomplete()) {
            details.open("pre").bytes(shown, true).close("pre");
        }
        details.element("pre", HexDump.of(shown));
        if (!steps(data).isEmpty()) {
            details.element("p", steps(data));
        }
        long size = bytes.size() + data.all().skippedBytes();
        if (shown.size() < size) {
            details.element("p", (size - shown.size()) + " more bytes are left out");
        }
        return item(row, details.close("details"));
    }

    private Html item(Row row, Html content) {
        String name = classes(row);
        String id = failures.contains(row) ? anchor(row.connection()) : "";
        Html out = new Html();
        if (!id.isEmpty()) {
            out.open("li", "class", name, "id", id);
        } else if (!name.isEmpty()) {
            out.open("li", "class", name);
        } else {
            out.open("li");
        }
        return out.add(content).close("li");
    }

    /** The id of the place where a connection failed, or the test if the index is -1. */
    static String anchor(int connection) {
        return connection < 0 ? "failed-test" : "failed-" + connection;
    }

    private String classes(Row row) {
        StringBuilder names = new StringBuilder();
        if (row instanceof Row.Data data) {
            names.append(data.isFromClient() ? "" : data.lost().isEmpty() ? "s" : "s x");
        } else if (row instanceof Row.Happening happening && FROM_CLIENT.contains(happening.kind())) {
            names.append("e");
        } else if (row instanceof Row.Happening happening && FROM_SERVER.contains(happening.kind())) {
            names.append("s e");
        } else if (row instanceof Row.Lost) {
            names.append("e x");
        } else {
            names.append("n");
        }
        if (isFailure(row)) {
            names.append(" f");
        } else if (isFault(row)) {
            names.append(" w");
        }
        if (row.connection() < 0) {
            names.append(" all");
        } else if (connections.size() > 1) {
            names.append(" c").append(row.connection());
        }
        return names.toString().strip();
    }

    private Html head(Row row) {
        Html out = new Html().element("i", milliseconds(row.at())).open("q");
        if (connections.size() > 1 && row.connection() >= 0) {
            out.element("small", connections.get(row.connection()).badge() + " ");
        }
        if (row instanceof Row.Data data) {
            out.add(text(data).html());
            String span = span(data);
            if (!span.isEmpty()) {
                out.element("em", "\n" + span);
            }
            if (!data.lost().isEmpty()) {
                out.element("em", "\n" + data.lost());
            }
        } else {
            out.words(words(row));
        }
        out.close("q");
        if (row instanceof Row.Data data && !numbers(data).isEmpty()) {
            out.element("u", numbers(data));
        }
        return out;
    }

    /** Such as {@code sent in 12 parts over 1.2 s}; empty if it took no notable time. */
    private static String span(Row.Data data) {
        long took = data.end() - data.at();
        return data.parts() == 1 || took < NOTABLE
                ? ""
                : (data.isFromClient() ? "received in " : "sent in ") + data.parts() + " parts over "
                        + Diagram.words(took);
    }

    /** Whether the line of the script is known that has sent or received the row. */
    static boolean hasLine(Row row) {
        return row instanceof Row.Data data && !numbers(data).isEmpty();
    }

    /** The lines of the script that have sent or received the messages. */
    private static String numbers(Row.Data data) {
        IntSummaryStatistics lines = data.lines().stream()
                .flatMap(line -> Stream.ofNullable(line.step()))
                .flatMapToInt(step -> step.line().stream())
                .summaryStatistics();
        int first = lines.getMin() + 1;
        int last = lines.getMax() + 1;
        return lines.getCount() == 0 ? "" : first == last ? String.valueOf(first) : first + "–" + last;
    }

    /** Such as {@code step 2 of 5: C: PING}. */
    private static String steps(Row.Data data) {
        List<RecordedStep> steps = data.lines().stream()
                .flatMap(line -> Stream.ofNullable(line.step()))
                .distinct()
                .toList();
        if (steps.size() > 1) {
            return steps.get(0).place() + " to " + steps.get(steps.size() - 1).place();
        }
        String text = steps.isEmpty() ? "" : steps.get(0).toString();
        return text.length() > LONGEST_STEP ? text.substring(0, LONGEST_STEP) + "…" : text;
    }

    private MessageText text(Row.Data data) {
        return new MessageText(
                data, connections.get(data.connection()).exchange().isDatagrams());
    }

    private static Bytes bytes(Row.Data data) {
        if (data.lines().size() == 1) {
            return data.lines().get(0).message().bytes();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Row.Line line : data.lines()) {
            all.writeBytes(line.message().bytes().toByteArray());
        }
        return Bytes.of(all.toByteArray());
    }

    static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
