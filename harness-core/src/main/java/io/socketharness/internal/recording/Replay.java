package io.socketharness.internal.recording;

import io.socketharness.internal.recording.DialogueLine.Direction;
import io.socketharness.internal.recording.DialogueLine.Message;
import io.socketharness.internal.recording.DialogueLine.Remark;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.Set;
import java.util.function.Consumer;

/** Turns a dialogue into the steps of a script that replays the server's side and expects the client's. */
public final class Replay implements Consumer<DialogueLine> {

    /** Events that neither the client nor the script causes. */
    private static final Set<Event.Kind> ASIDE = Set.of(Event.Kind.NETWORK, Event.Kind.REAL_SERVER);

    private final ReplayTarget target;
    /** Whether a replayed line came before. */
    private boolean begun;
    /** The client has sent its FIN or RST. */
    private boolean clientEnded;
    /** The script waits for the end of the client's input. */
    private boolean waited;
    /** The server sends nothing more and receives nothing more. */
    private boolean ended;

    private Replay(ReplayTarget target) {
        this.target = target;
    }

    /** Passes on the steps of the exchange so far. */
    public static void forEach(Exchange exchange, ReplayTarget target) {
        of(ExchangeRecorder.of(exchange).snapshot(), target);
    }

    static void of(Snapshot exchange, ReplayTarget target) {
        Dialogue.forEach(exchange, new Replay(target));
    }

    @Override
    public void accept(DialogueLine line) {
        if (line instanceof Remark remark) {
            target.remark(remark.words(), remark.at());
            event(remark);
            begun |= !ASIDE.contains(remark.kind());
        } else if (line instanceof Message message) {
            message(message);
            begun = true;
        }
    }

    private void event(Remark remark) {
        Event.Kind kind = remark.kind();
        if (kind == Event.Kind.TLS_ESTABLISHED && begun) {
            target.step("@starttls");
        }
        clientEnded |= kind == Event.Kind.HALF_CLOSED_BY_CLIENT || kind == Event.Kind.RESET_BY_CLIENT;
        boolean closedNow = remark.detail().equals(ExchangeRecorder.CLOSED_NOW);
        String step = switch (kind) {
            case CLOSED -> closedNow ? "@close now" : "@close";
            case HALF_CLOSED_BY_SERVER -> "@half-close";
            case RESET_BY_SERVER -> "@reset";
            default -> "";
        };
        if (step.isEmpty() || !remark.detail().isEmpty() && !closedNow || ended) {
            return;
        }
        // the FIN of the client ends a connection whose script is complete
        if (!clientEnded) {
            target.step(step);
        } else if (kind == Event.Kind.RESET_BY_SERVER) {
            afterEndOfInput();
            target.step(step);
        }
        ended = kind != Event.Kind.HALF_CLOSED_BY_SERVER;
    }

    private void afterEndOfInput() {
        if (clientEnded && !waited) {
            waited = true;
            target.step("@expect-end");
        }
    }

    private void message(Message message) {
        if (ended) {
            target.late(message);
            return;
        }
        if (message.direction() == Direction.FROM_SERVER) {
            afterEndOfInput();
        }
        // only a datagram from another port has a remark
        boolean fromOtherPort = message.direction() == Direction.FROM_SERVER
                && !message.remark().isEmpty();
        if (fromOtherPort) {
            target.step("@other-port");
        }
        target.message(message);
        if (fromOtherPort) {
            target.step("@end");
        }
    }
}
