package io.socketharness.internal.sweep;

import java.util.ArrayList;
import java.util.List;

/** The messages of a connection, in the order of its script, and how it ended. Thread-safe. */
final class ConnectionTrace {

    private final List<TracedMessage> messages = new ArrayList<>();
    private boolean upgraded;
    private int upgradedAt;
    private boolean endedByServer;

    /** Adds a message before it passes, so that no client knows of it earlier. Returns its index. */
    synchronized int add(TracedMessage message) {
        messages.add(message);
        return messages.size() - 1;
    }

    /** Notes that a message has not passed whole. */
    synchronized void cut(int index) {
        TracedMessage message = messages.get(index);
        messages.set(index, new TracedMessage(message.fromServer(), message.bytes(), false));
    }

    /** Notes that TLS begins here, in the middle of the dialogue. */
    synchronized void upgrades() {
        if (!upgraded) {
            upgraded = true;
            upgradedAt = messages.size();
        }
    }

    /** Whether TLS begins before the message of an index, in the middle of the dialogue. */
    synchronized boolean upgradesBefore(int index) {
        return upgraded && upgradedAt == index;
    }

    /** Notes that the script ends the connection. */
    synchronized void endByServer() {
        endedByServer = true;
    }

    synchronized boolean isEndedByServer() {
        return endedByServer;
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized List<TracedMessage> messages() {
        return List.copyOf(messages);
    }
}
