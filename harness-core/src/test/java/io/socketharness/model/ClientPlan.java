package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a client does.
 *
 * @param handshake whether it speaks TLS, where the server does; one that does not connects and closes
 * @param pieces what it sends, each in a write or a datagram of its own
 * @param pace when it reads what the server sends
 * @param end what it does then
 */
record ClientPlan(boolean handshake, List<Bytes> pieces, Pace pace, ClientEnd end) {

    enum Pace {
        /** Not before its end. */
        SENDS_ALL_AT_ONCE,
        /** When it has sent everything, before its end. */
        READS_BEFORE_ITS_END,
        /** Before each piece, it waits for all that the server sends before that. */
        WAITS_FOR_EACH_ANSWER
    }

    /** The client of health checks. */
    static ClientPlan probe() {
        return new ClientPlan(false, List.of(), Pace.SENDS_ALL_AT_ONCE, ClientEnd.CLOSE);
    }

    boolean sendsNothing() {
        return pieces.isEmpty();
    }

    /** What the server has to take when so many pieces were sent. */
    Input input(int count, boolean datagrams) {
        List<Bytes> first = pieces.subList(0, count);
        return datagrams ? new DatagramInput(first) : new StreamInput(join(first));
    }

    Prediction predict(List<Step> script, boolean datagrams) {
        return Model.predict(script, input(pieces.size(), datagrams), end);
    }

    /** What the server sends when it has got so many pieces and the client is still there. */
    List<Bytes> answers(List<Step> script, int count, boolean datagrams) {
        if (datagrams && count == 0) {
            // the server knows nobody yet
            return List.of();
        }
        return Model.predict(script, input(count, datagrams), ClientEnd.OPEN).sends();
    }

    static Bytes join(List<Bytes> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.toByteArray()));
        return Bytes.of(all.toByteArray());
    }

    @Override
    public String toString() {
        String sends = pieces.stream().map(Bytes::toString).collect(Collectors.joining(" | "));
        return (handshake ? "" : "without a handshake, ") + pace + ", then " + end
                + (sends.isEmpty() ? "" : "\n    " + sends);
    }
}
