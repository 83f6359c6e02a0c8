package io.socketharness;

/** Whether the clients of a datagram server have separate conversations or share one. */
public enum ConversationMode {
    /** Each client address has its own conversation. This is the default. */
    EACH,
    /**
     * All clients share one conversation. Use it for clients that send each message from a new port. A send goes to the
     * client whose datagram was received last.
     */
    ONE
}
