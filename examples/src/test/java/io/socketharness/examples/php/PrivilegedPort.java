package io.socketharness.examples.php;

import io.socketharness.FakeServer;
import io.socketharness.ServerStartException;

/** A program that starts a server on a port, and prints what comes of it. */
public final class PrivilegedPort {

    private PrivilegedPort() {}

    public static void main(String[] arguments) {
        try (FakeServer server = FakeServer.start("tcp://127.0.0.1:" + arguments[0])) {
            System.out.println(server);
        } catch (ServerStartException failed) {
            System.out.println(failed.getMessage());
        }
    }
}
