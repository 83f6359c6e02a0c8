package io.socketharness.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A TLS client that counts the records of data, as they are on the wire. */
public final class RecordCounter implements AutoCloseable {

    private static final int APPLICATION_DATA = 23;
    private static final int HEADER = 5;

    /** A socket that keeps all bytes that are read from it. */
    private static final class Tapped extends Socket {

        private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int one = super.read();
                    if (one >= 0) {
                        raw.write(one);
                    }
                    return one;
                }

                @Override
                public int read(byte[] into, int from, int count) throws IOException {
                    int read = super.read(into, from, count);
                    if (read > 0) {
                        raw.write(into, from, read);
                    }
                    return read;
                }
            };
        }

        /** The records of data that were read completely. */
        int records() {
            byte[] bytes = raw.toByteArray();
            int records = 0;
            int at = 0;
            while (at + HEADER <= bytes.length) {
                int length = (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
                if (at + HEADER + length <= bytes.length && bytes[at] == APPLICATION_DATA) {
                    records++;
                }
                at += HEADER + length;
            }
            return records;
        }
    }

    private final Tapped tapped;
    private final SSLSocket socket;

    private RecordCounter(Tapped tapped, SSLSocket socket) {
        this.tapped = tapped;
        this.socket = socket;
    }

    public static RecordCounter connect(FakeServer server) throws IOException {
        Tapped tapped = new Tapped();
        tapped.setSoTimeout(60_000);
        tapped.connect(new InetSocketAddress(server.host(), server.port()));
        SSLSocket socket = (SSLSocket) server.tls()
                .clientContext()
                .getSocketFactory()
                .createSocket(tapped, server.host(), server.port(), true);
        socket.startHandshake();
        return new RecordCounter(tapped, socket);
    }

    /** Sends a question, reads the answer, and returns how many records the answer had. */
    public int ask(String question, String answer) throws IOException {
        int before = tapped.records();
        socket.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
        byte[] read = socket.getInputStream().readNBytes(answer.getBytes(StandardCharsets.UTF_8).length);
        assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(answer);
        return tapped.records() - before;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
