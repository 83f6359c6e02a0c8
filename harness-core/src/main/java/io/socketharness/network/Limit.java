package io.socketharness.network;

import io.socketharness.internal.network.Direction;
import io.socketharness.internal.network.End;
import io.socketharness.internal.network.LimitCondition;

/**
 * A number of bytes after which a direction of a connection ends, see {@link NetworkConditions#limit}. It becomes a
 * condition by one of its methods, which say how.
 */
public final class Limit {

    private final long bytes;

    Limit(long bytes) {
        this.bytes = bytes;
    }

    /**
     * Resets the connection with a RST (RFC 9293, section 3.5.1). The RST can discard bytes that the client has not
     * read. Unix sockets refuse it. In the text form: {@code limit 100 reset}.
     *
     * @return the condition
     */
    public NetworkCondition reset() {
        return new LimitCondition(bytes, End.RESET, Direction.BOTH);
    }

    /**
     * Closes the connection in both directions, with a FIN. In the text form: {@code limit 100 close}.
     *
     * @return the condition
     */
    public NetworkCondition close() {
        return new LimitCondition(bytes, End.CLOSE, Direction.BOTH);
    }

    /**
     * Half-closes the connection in the direction of the data, with a FIN. In the text form: {@code limit 100
     * half-close}.
     *
     * @return the condition
     */
    public NetworkCondition halfClose() {
        return new LimitCondition(bytes, End.HALF_CLOSE, Direction.BOTH);
    }

    /**
     * Passes on nothing more in that direction, while the connection stays open. In the text form: {@code limit 100
     * stall}.
     *
     * @return the condition
     */
    public NetworkCondition stall() {
        return new LimitCondition(bytes, null, Direction.BOTH);
    }
}
