package io.socketharness.network;

/** A loss of datagrams, see {@link NetworkConditions#loss}. */
public interface Loss extends NetworkCondition {

    /**
     * Returns this loss with a limit for the number of datagrams that are lost in a row. A client that repeats its
     * datagrams more often than that gets an answer. Without a limit a dialogue can stop forever. In the text form:
     * {@code burst 3}.
     *
     * @param most 1 or more
     * @return the loss with the limit
     * @throws IllegalArgumentException if the limit is less than 1
     */
    Loss burst(int most);
}
