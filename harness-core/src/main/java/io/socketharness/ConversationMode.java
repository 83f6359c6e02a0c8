package io.socketharness;

/** What makes a conversation on a datagram server. */
public enum ConversationMode {
    /** Each source address has a conversation of its own: the default. */
    EACH,
    /**
     * All sources have one conversation, for clients that take a new port for each message. A send goes to the source of
     * the datagram that was received last.
     */
    ONE
}
