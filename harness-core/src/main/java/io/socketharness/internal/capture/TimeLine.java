package io.socketharness.internal.capture;

import io.socketharness.internal.capture.LostDatagrams.Loss;
import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.recording.Report;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that happened on the connections of several servers, in the order of time.
 *
 * @param subjects finds the connections of reports
 * @param recordedBytes the number of bytes that the recordings keep
 */
record TimeLine(List<PageConnection> connections, List<Row> rows, Subjects subjects, long recordedBytes) {

    /** The time from the first row to the end of the last one, in nanoseconds. */
    long duration() {
        return rows.isEmpty()
                ? 0
                : rows.stream().mapToLong(Row::end).max().orElse(0)
                        - rows.get(0).at();
    }

    /** Builds the time line. {@code reports} say what failed. */
    static TimeLine of(PublicRecordings data, Reports reports) {
        return new Builder(data).build(reports);
    }

    private static final class Builder {

        private final List<Recording> recordings;
        private final ServerNames names;
        private final PublicRecordings data;
        private final List<PageConnection> connections = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private final long start;
        private final long now = System.nanoTime();
        private long size;

        Builder(PublicRecordings data) {
            this.recordings = data.recordings();
            this.names = new ServerNames(recordings);
            this.data = data;
            this.start = recordings.stream()
                    .mapToLong(one -> Recorder.of(one).origin())
                    .reduce((one, other) -> one - other < 0 ? one : other)
                    .orElse(0);
        }

        TimeLine build(Reports reports) {
            boolean open = false;
            for (Recording recording : recordings) {
                for (Exchange exchange : data.exchanges(recording)) {
                    addRows(exchange, Recorder.of(recording).origin() - start);
                    open |= !exchange.isEnded();
                    size += data.size(exchange);
                }
            }
            Set<Integer> known = new HashSet<>();
            rows.stream()
                    .filter(row -> row instanceof Row.Happening happening && happening.kind() == Event.Kind.FAILED)
                    .forEach(row -> known.add(row.connection()));
            Subjects subjects = new Subjects(connections);
            reports.ofTest().ifPresent(report -> {
                int connection = subjects.connection(report).orElse(-1);
                if (known.add(connection)) {
                    long at = reports.testFailedAt().orElse(now) - start;
                    rows.add(TestFailure.row(report, at, connection, rows));
                }
            });
            rows.sort(Comparator.comparingLong(Row::at));
            for (Report report : reports.all()) {
                subjects.connection(report).ifPresent(connection -> {
                    if (known.add(connection)) {
                        addOutstanding(connection, report);
                    }
                });
            }
            if (open && reports.all().isEmpty()) {
                rows.add(new Row.Remark(now - start, -1, "this page was written", false));
            }
            return new TimeLine(connections, rows, subjects, size);
        }

        private void addRows(Exchange exchange, long offset) {
            int connection = connections.size();
            connections.add(new PageConnection(exchange, name(exchange), badge(exchange)));
            List<Row> own = new ArrayList<>();
            List<Event> events = data.events(exchange);
            own.add(happening(events.get(0), connection, offset));
            StepMarks marks = new StepMarks(exchange, data, events);
            LostDatagrams lost = new LostDatagrams(exchange, events);
            data.forEachMessage(exchange, line -> {
                if (line instanceof DialogueLine.Message message) {
                    String how = message.direction() == Direction.FROM_SERVER ? data.text(lost.nextSent()) : "";
                    add(own, marks.next(message), connection, offset, how);
                } else {
                    add(
                            own,
                            (DialogueLine.Remark) line,
                            lost,
                            connection,
                            line.at().toNanos() + offset);
                }
            });
            // dialogues have no line for it
            events.stream()
                    .filter(event -> event.kind() == Event.Kind.COMPLETED)
                    .forEach(event -> own.add(happening(event, connection, offset)));
            rows.addAll(own);
        }

        private void add(List<Row> own, DialogueLine.Remark remark, LostDatagrams lost, int connection, long at) {
            if (remark.kind() == Event.Kind.SENT) {
                lost.nextSent();
            }
            Loss loss = remark.kind() == Event.Kind.NETWORK ? lost.nextEvent() : Loss.NONE;
            String words = data.text(remark.words());
            switch (loss) {
                case NONE -> own.add(new Row.Happening(at, connection, remark.kind(), words));
                case OF_CLIENT -> own.add(new Row.Lost(at, connection, words));
                case OF_SERVER -> {
                    // the arrow of the datagram says it
                }
            }
        }

        private static void add(List<Row> own, Row.Line line, int connection, long offset, String lost) {
            DialogueLine.Message message = line.message();
            if (message.joined() && own.get(own.size() - 1) instanceof Row.Data before) {
                before.all().add(line);
            } else {
                long at = message.span().begin().toNanos() + offset;
                long end = message.at().toNanos() + offset;
                own.add(new Row.Data(at, end, connection, new RowLines(line), lost));
            }
        }

        private Row happening(Event event, int connection, long offset) {
            String words = event.detail().isEmpty() ? event.kind().toString() : data.text(event.detail());
            return new Row.Happening(event.at().toNanos() + offset, connection, event.kind(), words);
        }

        /** A step that is outstanding has no event. */
        private void addOutstanding(int connection, Report report) {
            PageConnection one = connections.get(connection);
            long end = one.exchange().recording().isEnded() ? end() : now - start;
            rows.add(new Row.Remark(end, connection, report.inOneLine(), true));
        }

        private long end() {
            return rows.stream().mapToLong(Row::end).max().orElse(0);
        }

        private String name(Exchange exchange) {
            String connection = "connection " + exchange.index();
            return recordings.size() == 1 ? connection : names.full(exchange.recording()) + ", " + connection;
        }

        private String badge(Exchange exchange) {
            String number = "#" + exchange.index();
            return recordings.size() == 1 ? number : names.brief(exchange.recording()) + " " + number;
        }
    }
}
