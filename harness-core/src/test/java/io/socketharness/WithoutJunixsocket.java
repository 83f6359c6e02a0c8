package io.socketharness;

import static io.socketharness.script.Behaviours.echo;

import java.io.BufferedReader;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Starts Unix servers, and says what came of it; {@link WithoutJunixsocketTest} starts it. */
final class WithoutJunixsocket {

    private WithoutJunixsocket() {}

    public static void main(String[] arguments) throws Exception {
        try (FakeServer server = FakeServer.start("unix:?umask=0177", echo());
                SocketChannel client = SocketChannel.open(server.socketAddress())) {
            client.write(StandardCharsets.UTF_8.encode("over a Unix socket\n"));
            BufferedReader answer = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
            System.out.println(answer.readLine());
        }
        for (String url : arguments) {
            try (FakeServer server = FakeServer.start(url)) {
                System.out.println(server);
            } catch (ServerStartException failed) {
                System.out.println(failed.getMessage() + " " + failed.isUnsupported());
            }
        }
    }
}
