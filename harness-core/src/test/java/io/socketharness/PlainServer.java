package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server without anything special, and its client; {@link UnusedFeaturesTest} starts it. */
final class PlainServer {

    private PlainServer() {}

    public static void main(String[] arguments) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"));
                Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write("PING\n".getBytes(StandardCharsets.US_ASCII));
            int size = client.getInputStream().readNBytes(6).length;
            server.verify();
            System.out.println("answered " + size);
        }
    }
}
