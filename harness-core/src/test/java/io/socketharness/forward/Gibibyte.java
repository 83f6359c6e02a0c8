package io.socketharness.forward;

import static io.socketharness.script.Behaviours.forwardTo;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Forwards a gibibyte in each direction; {@link ForwardMuchTest} starts it with a small heap. */
final class Gibibyte {

    private static final long SIZE = 1L << 30;

    private Gibibyte() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (ServerSocket real = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FakeServer server = FakeServer.start("tcp:", forwardTo("tcp://127.0.0.1:" + real.getLocalPort()));
                Socket client = new Socket(server.host(), server.port());
                Socket accepted = real.accept()) {
            Thread up = new Thread(() -> write(client));
            up.start();
            read(accepted);
            up.join();
            Thread down = new Thread(() -> write(accepted));
            down.start();
            read(client);
            down.join();
            server.verify();
            System.out.println(
                    "passed " + server.recording().exchanges().get(0).events().size());
        }
    }

    private static void write(Socket to) {
        byte[] piece = new byte[1 << 16];
        try {
            for (long sent = 0; sent < SIZE; sent += piece.length) {
                to.getOutputStream().write(piece);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            System.out.println(broken);
        }
    }

    private static void read(Socket from) throws IOException {
        InputStream in = from.getInputStream();
        byte[] piece = new byte[1 << 16];
        long all = 0;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            all += count;
        }
        System.out.println("read " + all);
    }
}
