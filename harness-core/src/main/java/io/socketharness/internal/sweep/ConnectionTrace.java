package io.socketharness.internal.sweep;

import java.util.ArrayList;
import java.util.List;

/** The messages of a connection, in the order of its script, and how it ended. Thread-safe. */
final class ConnectionTrace {

    private final List<TracedMessage> messages = new ArrayList<>();
    private boolean upgraded;
    private int upgradedAt;
    /** The index of the next message; -1 if the script does not end the connection. */
    private int endedAt = -1;

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

    /** Notes that the script ends the connection, or its side of it, here. */
    synchronized void endByServer() {
        if (endedAt < 0) {
            endedAt = messages.size();
        }
    }

    synchronized boolean isEndedByServer() {
        return endedAt >= 0;
    }

    /** Whether the script ends the connection, or its side of it, before the message of an index. */
    synchronized boolean endsBefore(int index) {
        return endedAt == index;
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized List<TracedMessage> messages() {
        return List.copyOf(messages);
    }
}
