package io.socketharness.internal.script.framing;

import io.socketharness.script.Connection;
import io.socketharness.script.Framing;

/** One message: all data until the client closes its side. */
public enum CloseFraming implements Framing {
    INSTANCE;

    @Override
    public byte[] receive(Connection connection) {
        return connection.receiveToEnd();
    }

    @Override
    public byte[] frame(byte[] message) {
        return message;
    }

    @Override
    public String toString() {
        return "close";
    }
}
