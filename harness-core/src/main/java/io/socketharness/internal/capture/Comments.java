package io.socketharness.internal.capture;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.NetworkEffect;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.RecordedStep;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Comments the packets of an exchange: with its steps, and with the events that are not visible on the wire. */
final class Comments {

    /** Packets show them. The end of a script is that of its last step. */
    private static final Set<Event.Kind> WITHOUT_COMMENT = EnumSet.of(
            Event.Kind.OPENED,
            Event.Kind.HALF_CLOSED_BY_CLIENT,
            Event.Kind.HALF_CLOSED_BY_SERVER,
            Event.Kind.RESET_BY_CLIENT,
            Event.Kind.RESET_BY_SERVER,
            Event.Kind.CLOSED,
            Event.Kind.COMPLETED);

    private final Exchange exchange;
    private final PublicRecordings data;
    private final List<Event> events;
    private final List<RecordedStep> steps;
    private final Packets packets;
    private final List<Comment> comments = new ArrayList<>();

    private record Comment(long at, Captured packet, String text) {}

    /** Makes the packets of an exchange. */
    Comments(Exchange exchange, PublicRecordings data, Flow flow) {
        this.exchange = exchange;
        this.data = data;
        this.steps = data.steps(exchange);
        this.events = data.hiddenEvents(exchange);
        this.packets = new Packets(events, flow, exchange.isDatagrams());
    }

    /** Adds the comments to the packets, in the order of time. */
    void add() {
        addEvents();
        addSteps();
        comments.sort(Comparator.comparingLong(Comment::at));
        comments.forEach(one -> one.packet().comments().add(one.text()));
    }

    private void addEvents() {
        Map<Integer, NetworkEffect> effects = new HashMap<>();
        ExchangeRecorder.of(exchange).effects().read().forEach(effect -> effects.put(effect.event(), effect));
        boolean stepFailed = steps.stream().anyMatch(RecordedStep::hasFailed);
        boolean limited = false;
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            limited |= event.kind() == Event.Kind.LIMIT_REACHED;
            boolean isShown = isData(event) && !limited
                    || WITHOUT_COMMENT.contains(event.kind())
                    || stepFailed && event.kind() == Event.Kind.FAILED;
            if (!isShown) {
                Captured changed = changed(effects.get(i));
                comment(event.at().toNanos(), changed == null ? packets.before(i) : changed, data.text(text(event)));
            }
        }
    }

    private static boolean isData(Event event) {
        return event.kind() == Event.Kind.RECEIVED || event.kind() == Event.Kind.SENT;
    }

    private static String text(Event event) {
        String text = event.detail().isEmpty() ? event.kind().toString() : event.detail();
        return switch (event.kind()) {
            case TLS_ESTABLISHED -> text + "; what follows is shown in clear";
            case RECEIVED -> "received " + text;
            case SENT -> "sent " + text;
            default -> text;
        };
    }

    /** The packet with the data that the network has changed. */
    private @Nullable Captured changed(@Nullable NetworkEffect effect) {
        return effect == null || effect.from().isEmpty()
                ? null
                : packets.first(effect.direction(), effect.from().getAsInt());
    }

    private void addSteps() {
        int begin = 0;
        for (int i = 0; i < steps.size(); i++) {
            RecordedStep step = steps.get(i);
            comment(step.at().toNanos(), packet(step, i, begin), text(step));
            begin = step.events();
        }
        long missing = data.missingSteps(exchange);
        if (missing > 0) {
            comment(
                    Long.MAX_VALUE,
                    packets.before(events.size()),
                    (missing == 1 ? "1 more step is" : missing + " more steps are") + " not kept");
        }
    }

    private static String text(RecordedStep step) {
        return switch (step.outcome()) {
            case DONE -> step.toString();
            case NOT_SENT -> step + " (not sent)";
            case FAILED -> step + " (failed: " + step.reason() + ")";
        };
    }

    /** The packet that a step has sent or received; without one, the last packet before its end. */
    private @Nullable Captured packet(RecordedStep step, int index, int begin) {
        Captured own = step.maySend() && step.outcome() == RecordedStep.Outcome.DONE ? sent(index, begin) : null;
        if (own == null && step.input().isPresent()) {
            own = packets.received(step.input().getAsLong());
        }
        return own == null ? packets.before(step.events()) : own;
    }

    /** A batch sends its data after its steps. */
    private @Nullable Captured sent(int index, int begin) {
        RecordedStep step = steps.get(index);
        int depth = step.depth();
        // output before the step is not its own
        Captured own = packets.lastSent(Math.max(begin, step.begun()), step.events());
        for (int i = index + 1; own == null && i < steps.size() && depth > 0; i++) {
            RecordedStep outer = steps.get(i);
            if (outer.depth() < depth) {
                int from = Math.max(steps.get(i - 1).events(), outer.begun());
                return outer.maySend() ? packets.lastSent(from, outer.events()) : null;
            }
        }
        return own;
    }

    private void comment(long at, @Nullable Captured packet, String text) {
        if (packet != null && !text.isEmpty()) {
            comments.add(new Comment(at, packet, text));
        }
    }
}
