package io.socketharness.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;

/** What people write by hand: a thread that accepts, a thread a connection, nothing recorded; joined at the end. */
final class LineServer implements Server {

    private static final byte[] PONG = "PONG\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final List<Thread> threads = new ArrayList<>();
    private final Thread acceptor = new Thread(this::accept);

    LineServer() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    /** With a factory of an SSLContext, through TLS. */
    LineServer(ServerSocketFactory factory) throws IOException {
        listening = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor.start();
    }

    @Override
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket accepted = listening.accept();
                Thread thread = new Thread(() -> serve(accepted));
                threads.add(thread);
                thread.start();
            }
        } catch (IOException closed) {
            // the server is closed
        }
    }

    private static void serve(Socket accepted) {
        try (Socket socket = accepted) {
            socket.setTcpNoDelay(true);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.equals("PING")) {
                    throw new IllegalStateException("found " + line + "; PING is allowed");
                }
                out.write(PONG);
            }
        } catch (IOException gone) {
            // the client has gone
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Server.join(acceptor);
        for (Thread thread : threads) {
            Server.join(thread);
        }
    }
}
