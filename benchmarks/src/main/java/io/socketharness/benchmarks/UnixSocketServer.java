package io.socketharness.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What people write by hand: a channel of the JDK, and a thread that accepts; joined at the end, and its file deleted. */
final class UnixSocketServer implements AutoCloseable {

    private final Path path;
    private final ServerSocketChannel listening;
    private final Thread acceptor = new Thread(this::accept);

    UnixSocketServer(Path path) throws IOException {
        this.path = path;
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
        acceptor.start();
    }

    private void accept() {
        try {
            while (true) {
                try (SocketChannel accepted = listening.accept()) {
                    accepted.shutdownOutput();
                }
            }
        } catch (IOException closed) {
            // the server is closed
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Server.join(acceptor);
        Files.delete(path);
    }
}
