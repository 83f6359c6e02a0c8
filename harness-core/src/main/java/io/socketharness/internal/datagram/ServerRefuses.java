package io.socketharness.internal.datagram;

import java.io.IOException;

/** A datagram was not sent, because the server refuses clients. */
public final class ServerRefuses extends IOException {

    private static final long serialVersionUID = 1;

    public ServerRefuses() {
        super("the server refuses clients until listen() is called");
    }
}
