package io.socketharness.examples.quarkus;

import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks the server of {@code prices.host} and {@code prices.port}, by a line for a line. */
@Singleton
class Prices {

    private final String host;
    private final int port;

    Prices(@ConfigProperty(name = "prices.host") String host, @ConfigProperty(name = "prices.port") int port) {
        this.host = host;
        this.port = port;
    }

    String of(String article) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.getOutputStream().write(("PRICE " + article + "\n").getBytes(StandardCharsets.UTF_8));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (answer == null) {
                throw new IOException("no answer");
            }
            return answer;
        }
    }
}
