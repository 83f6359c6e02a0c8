package io.socketharness.examples.documents;

import io.socketharness.FakeServer;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.TestClient;
import io.socketharness.testing.UnixDatagramClient;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** A client of any transport that sends four bytes, which come back as four bytes. */
interface Peer extends AutoCloseable {

    boolean isStream();

    void send(String text) throws IOException;

    /** A datagram, or four bytes, or those before the end of a stream. */
    String receive() throws IOException;

    default String exchange(String text) throws IOException {
        send(text);
        return receive();
    }

    @Override
    void close() throws IOException;

    static Peer connect(FakeServer server) throws IOException, GeneralSecurityException {
        return switch (server.spec().transport()) {
            case TCP, TLS, UNIX -> new OfStream(TestClient.connect(server));
            case UDP -> new OfUdp(TestClient.Udp.connect(server));
            case DTLS -> new OfDtls(DtlsClient.connect(server));
            default -> new OfUnixDatagrams(UnixDatagramClient.named(server));
        };
    }

    record OfStream(TestClient client) implements Peer {
        @Override
        public boolean isStream() {
            return true;
        }

        @Override
        public void send(String text) throws IOException {
            client.send(text);
        }

        @Override
        public String receive() throws IOException {
            return client.read(4);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    record OfUdp(TestClient.Udp client) implements Peer {
        @Override
        public boolean isStream() {
            return false;
        }

        @Override
        public void send(String text) throws IOException {
            client.send(text);
        }

        @Override
        public String receive() throws IOException {
            return client.receive();
        }

        @Override
        public void close() {
            client.close();
        }
    }

    record OfDtls(DtlsClient client) implements Peer {
        @Override
        public boolean isStream() {
            return false;
        }

        @Override
        public void send(String text) throws IOException {
            client.send(text);
        }

        @Override
        public String receive() throws IOException {
            return client.receive();
        }

        @Override
        public void close() {
            client.vanish();
        }
    }

    record OfUnixDatagrams(UnixDatagramClient client) implements Peer {
        @Override
        public boolean isStream() {
            return false;
        }

        @Override
        public void send(String text) throws IOException {
            client.send(text);
        }

        @Override
        public String receive() throws IOException {
            return client.receive();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
