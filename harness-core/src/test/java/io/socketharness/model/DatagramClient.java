package io.socketharness.model;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client of UDP. */
final class DatagramClient extends Client {

    private final TestClient.Udp socket;
    private final List<Bytes> got = new ArrayList<>();

    private DatagramClient(TestClient.Udp socket) {
        this.socket = socket;
    }

    static DatagramClient connect(FakeServer server) throws IOException {
        return new DatagramClient(TestClient.Udp.connect(server));
    }

    @Override
    List<Bytes> got() {
        return got;
    }

    @Override
    void send(Bytes piece) throws IOException {
        socket.send(piece.toByteArray());
    }

    @Override
    void read(List<Bytes> all) throws IOException {
        while (got.size() < all.size()) {
            got.add(Bytes.of(socket.receiveBytes()));
        }
    }

    @Override
    void end(ClientEnd end) {
        // the server cannot tell
    }

    @Override
    public void close() {
        socket.close();
    }
}
