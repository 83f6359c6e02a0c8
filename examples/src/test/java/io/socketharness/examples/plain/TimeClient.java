package io.socketharness.examples.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** The code under test of {@link WithoutJUnitTest}: it asks in the background. */
final class TimeClient {

    Future<String> ask(InetSocketAddress server, String question) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = new Socket(server.getAddress(), server.getPort());
                    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
                socket.getOutputStream().write((question + "\n").getBytes(UTF_8));
                return in.readLine();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }
}
