package io.socketharness.internal.script.engine;

import io.socketharness.Transport;
import java.util.List;

/** The server of a conversation. */
public interface ConversationServer {

    /** The conversations of the server on which it can still send. */
    List<Conversation> openConversations();

    /** The transport of the server. */
    Transport transport();

    /** Runs a task for a conversation on a thread that ends with the server. */
    void converse(Conversation conversation, Runnable task);
}
