package io.socketharness.network;

import io.socketharness.internal.network.ConditionText;

/**
 * One property of the simulated network between a client and a server, such as a latency or a loss of datagrams.
 *
 * <p>Conditions are immutable. {@link NetworkConditions} creates them in Java, {@link #parse} reads their text, and
 * {@link Object#toString()} returns it. Several conditions apply in the order in which they are given. They act on what
 * is on the wire: with TLS and DTLS on encrypted data, including the handshake.
 *
 * <p>Not for implementation.
 */
public interface NetworkCondition {

    /**
     * Returns this condition for data from the server to the client only. Without a direction a condition applies to
     * both, and counts each of them separately. In the text form: {@code to client} at the end.
     *
     * @return the condition for that direction
     */
    NetworkCondition toClient();

    /**
     * Returns this condition for data from the client to the server only. In the text form: {@code to server} at the
     * end.
     *
     * @return the condition for that direction
     */
    NetworkCondition toServer();

    /**
     * Reads a condition, such as {@code latency 150ms jitter 50ms to client}. See {@link NetworkConditions} for the
     * text of each.
     *
     * @param text the text of one condition
     * @return the condition, which prints as the same text in its shortest form
     * @throws IllegalArgumentException if the text is not a condition; the message says what is allowed
     */
    static NetworkCondition parse(String text) {
        return ConditionText.parse(text);
    }
}
