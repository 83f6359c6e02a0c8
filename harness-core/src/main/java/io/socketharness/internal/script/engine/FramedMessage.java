package io.socketharness.internal.script.engine;

import io.socketharness.recording.Exchange;
import io.socketharness.script.Framing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A message in the framing that applies when it is sent; without a framing its bytes are sent unchanged. */
final class FramedMessage implements Outgoing {

    private final byte[] message;
    private final Supplier<@Nullable Framing> framing;
    private final Exchange exchange;

    FramedMessage(byte[] message, Supplier<@Nullable Framing> framing, Exchange exchange) {
        this.message = message;
        this.framing = framing;
        this.exchange = exchange;
    }

    @Override
    public byte[] bytes(int ahead) {
        Framing current = framing.get();
        byte[] framed = current == null ? null : current.frame(message);
        if (framed == null) {
            return message;
        }
        new MessageMarks(exchange).sending(ahead, framed, message);
        return framed;
    }

    @Override
    public void notSent() {
        new MessageMarks(exchange).notSent();
    }
}
