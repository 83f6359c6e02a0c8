package io.socketharness.script;

/** One message: all until the client closes its side. */
enum CloseFraming implements Framing {
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
