package io.socketharness.examples.documents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.socketharness.FakeServer;
import io.socketharness.junit5.FromServer;
import io.socketharness.junit5.SocketServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests with tapes, which {@link TapesGuideTest} runs. */
final class Carts {

    static final String PORT = "socketharness.guide.port";
    private static final String REAL = "tcp://localhost:${" + PORT + "}";

    /** The line that the client sends. */
    static volatile String request = "PAY 3";

    private Carts() {}

    private static void pay(FakeServer server) throws IOException {
        try (Socket socket = new Socket(server.host(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((request + "\r\n").getBytes(US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    static class Cart {
        @Test
        @SocketServer(forwardTo = REAL, tape = "cart.tape")
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class Impatient {
        @Test
        @SocketServer(forwardTo = REAL, tape = "cart.tape", timeout = "200ms")
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class NotReached {
        @Test
        @SocketServer(forwardTo = REAL, tape = "notReached.tape")
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class Login {
        @Test
        @SocketServer(forwardTo = REAL, tape = "login.tape", redact = "PASS (.*)")
        void logsIn(FakeServer server) throws IOException {
            try (Socket socket = new Socket(server.host(), server.port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write((request + "\r\n").getBytes(US_ASCII));
                // the answer comes before the end of the output, so that the tape has no @expect-end
                new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            }
        }
    }

    static class Twice {
        @Test
        @SocketServer(forwardTo = REAL, tape = "cart.tape")
        void pays(FakeServer server) throws IOException {
            pay(server);
            pay(server);
        }
    }

    static class WithoutRealServer {
        @Test
        @SocketServer(tape = "cart.tape")
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class OverDatagrams {
        @Test
        @SocketServer(transport = "udp", tape = "cart.tape")
        void pays(FakeServer server) {}
    }

    static class Small {
        @Test
        @SocketServer(forwardTo = REAL, tape = "cart.tape", recordingLimit = 1)
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class SameFile {
        @Test
        @SocketServer(forwardTo = REAL, tape = "same.tape")
        void pays(FakeServer server) throws IOException {
            pay(server);
        }

        @Test
        @SocketServer(forwardTo = REAL, tape = "same.tape")
        void paysLater(FakeServer server) throws IOException {
            pay(server);
        }
    }

    @SocketServer(forwardTo = REAL, tape = "cart.tape")
    static class OfAClass {
        @Test
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class Repeated {
        @RepeatedTest(2)
        @SocketServer(forwardTo = REAL, tape = "cart.tape")
        void pays(FakeServer server) throws IOException {
            pay(server);
        }
    }

    static class MaskAlone {
        @Test
        @SocketServer(forwardTo = REAL, mask = "\\d")
        void pays(FakeServer server) {}
    }

    static class WithScript {
        @Test
        @SocketServer(script = "C: PAY 3", tape = "cart.tape")
        void pays(FakeServer server) {}
    }

    /** The names of the guide, where its class is {@code com.example.CartTest}. */
    @SocketServer(name = "ofClass", forwardTo = REAL, tape = "{class}-{method}.tape")
    static class CartTest {
        @Test
        @SocketServer(name = "relative", forwardTo = REAL, tape = "cart.tape")
        @SocketServer(name = "absolute", forwardTo = REAL, tape = "/tapes/cart.tape")
        void pays(
                @FromServer("ofClass") FakeServer ofClass,
                @FromServer("relative") FakeServer relative,
                @FromServer("absolute") FakeServer absolute)
                throws IOException {
            pay(ofClass);
            pay(relative);
            pay(absolute);
        }

        @RepeatedTest(2)
        @SocketServer(name = "ofClass", forwardTo = REAL, tape = "{method}-{index}.tape")
        void repeats(@FromServer("ofClass") FakeServer server) throws IOException {
            pay(server);
        }
    }
}
