package io.socketharness.internal.capture;

import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.RecordedStep;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the step that has sent or received a message, and the message at which the script failed. */
final class StepMarks {

    private final boolean datagrams;
    /** By the position after the step, in bytes of a stream or datagrams. */
    private final NavigableMap<Long, RecordedStep> received = new TreeMap<>();

    private final NavigableMap<Long, Sent> sent = new TreeMap<>();
    /** The time of the failure, if it is about the input that no step has received. */
    private long inputFailedAt = -1;

    private final @Nullable RecordedStep failedStep;
    private long inputEnd;
    private long outputEnd;

    /** What a step has sent begins at a position: other output, such as that of {@code @every}, may be before it. */
    private record Sent(long from, RecordedStep step) {}

    StepMarks(Exchange exchange, PublicRecordings data, List<Event> events) {
        datagrams = exchange.isDatagrams();
        List<RecordedStep> steps = data.steps(exchange);
        for (RecordedStep step : steps) {
            step.input().ifPresent(position -> received.putIfAbsent(position, step));
        }
        // a simulated network sends later than the step
        if (events.stream().noneMatch(event -> event.kind() == Event.Kind.NETWORK)) {
            findSent(steps, events);
        }
        failedStep = steps.stream().filter(RecordedStep::hasFailed).findFirst().orElse(null);
        boolean isAboutInput =
                !steps.isEmpty() && data.missingSteps(exchange) == 0 && (failedStep == null || !failedStep.maySend());
        if (isAboutInput) {
            inputFailedAt = events.stream()
                    .filter(event -> event.kind() == Event.Kind.FAILED)
                    .mapToLong(event -> event.at().toNanos())
                    .findFirst()
                    .orElse(-1);
        }
    }

    private void findSent(List<RecordedStep> steps, List<Event> events) {
        int next = 0;
        long end = 0;
        for (RecordedStep step : steps) {
            // output before the step is not its own
            long before = end + sentIn(events, next, step.begun());
            end = before + sentIn(events, Math.max(next, step.begun()), step.events());
            next = Math.max(next, step.events());
            if (end > before && step.maySend()) {
                sent.put(end, new Sent(before, step));
            }
        }
    }

    /** The size of the output in a range of events. */
    private long sentIn(List<Event> events, int from, int to) {
        long size = 0;
        for (int i = from; i < Math.min(to, events.size()); i++) {
            if (events.get(i).kind() == Event.Kind.SENT) {
                size += datagrams ? 1 : events.get(i).bytes().size();
            }
        }
        return size;
    }

    /** The next message of the dialogue. All messages are passed once, in order. */
    Row.Line next(DialogueLine.Message message) {
        long size = datagrams ? 1 : message.bytes().size();
        if (message.direction() == Direction.FROM_SERVER) {
            outputEnd += size;
            return new Row.Line(message, sender(outputEnd), false);
        }
        inputEnd += size;
        RecordedStep step = receiver(inputEnd);
        boolean failed = step == null && message.at().toNanos() <= inputFailedAt;
        if (failed) {
            // what follows is not the cause
            inputFailedAt = -1;
        }
        return new Row.Line(message, failed ? failedStep : step, failed);
    }

    private @Nullable RecordedStep sender(long end) {
        Map.Entry<Long, Sent> found = sent.ceilingEntry(end);
        return found == null || found.getValue().from() >= end
                ? null
                : found.getValue().step();
    }

    private @Nullable RecordedStep receiver(long end) {
        Map.Entry<Long, RecordedStep> found = received.ceilingEntry(end);
        return found == null ? null : found.getValue();
    }
}
