package io.socketharness.internal.script.engine;

import io.socketharness.network.NetworkCondition;
import java.util.List;

/** The server of a conversation. */
public interface ConversationServer {

    /** The conversations of the server on which it can still send. */
    List<Conversation> openConversations();

    /** Refuses network conditions that the transport cannot have. */
    void check(List<NetworkCondition> conditions);

    /** Runs a task for a conversation on a thread that ends with the server. */
    void converse(Conversation conversation, Runnable task);
}
