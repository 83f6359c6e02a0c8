package io.socketharness.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A forwarder as people write it by hand: two threads for each connection, which copy, and no recording. */
final class LineForwarder implements Server {

    private final int target;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Thread> threads = new ArrayList<>();
    private final Thread acceptor = new Thread(this::accept);

    LineForwarder(int target) throws IOException {
        this.target = target;
        acceptor.start();
    }

    @Override
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket real = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                real.setTcpNoDelay(true);
                start(() -> copy(client, real));
                start(() -> copy(real, client));
            }
        } catch (IOException closed) {
            // the server is closed
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // a side has gone
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
