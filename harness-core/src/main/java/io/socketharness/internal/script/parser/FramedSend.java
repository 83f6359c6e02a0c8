package io.socketharness.internal.script.parser;

import io.socketharness.internal.script.engine.Setting;
import io.socketharness.internal.script.engine.Settings;
import io.socketharness.internal.script.steps.SendBytes;
import io.socketharness.internal.script.steps.SendResource;
import io.socketharness.internal.script.steps.SendText;
import io.socketharness.internal.script.steps.WebSocketUpgrade;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Framing;
import java.util.Optional;

/** Tracks the framing of a script while it is read, and refuses messages that never fit. */
final class FramedSend {

    private FramedSend() {}

    /** The settings after a step. */
    static Settings after(Behaviour step, Settings before) {
        if (step instanceof Setting setting) {
            return setting.change().apply(before);
        }
        return step instanceof WebSocketUpgrade ? before.withFraming(Framing.webSocket()) : before;
    }

    /** Refuses a message that does not fit the framing, as far as its bytes are known. */
    static void check(Behaviour step, Settings settings) {
        Framing framing = settings.framing();
        if (framing == null) {
            return;
        }
        Optional<byte[]> message = message(step, settings);
        if (message.isPresent()) {
            try {
                framing.frame(message.get());
            } catch (IllegalArgumentException unfit) {
                throw new IllegalArgumentException("this step does not fit @frame " + framing + ": "
                        + unfit.getMessage() + "; change the message or the frame");
            }
        }
    }

    private static Optional<byte[]> message(Behaviour step, Settings settings) {
        if (step instanceof SendBytes send) {
            return send.bytes().constant(settings.charset());
        }
        if (step instanceof SendText send) {
            return send.text().constant(settings.charset());
        }
        return step instanceof SendResource send ? Optional.of(send.content().toByteArray()) : Optional.empty();
    }
}
