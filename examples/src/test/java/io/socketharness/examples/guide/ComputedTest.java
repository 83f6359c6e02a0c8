package io.socketharness.examples.guide;

import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.frame;
import static io.socketharness.script.Behaviours.replyBytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Framing;
import io.socketharness.script.Script;
import io.socketharness.script.Variables;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The computed answers of {@code docs/behaviours.md}. */
class ComputedTest {

    @Test
    void repliesWithBytes(@SocketServer FakeServer server) throws Exception {
        // tag::reply-bytes[]
        server.enqueue(frame(Framing.length(2)), forever(replyBytes(request -> {
            byte[] answer = request.clone();
            answer[0] |= (byte) 0x80; // the first byte says that it is an answer
            return answer;
        })));
        // end::reply-bytes[]

        assertThat(ask(server, new byte[] {1, 7})).isEqualTo(new byte[] {(byte) 0x81, 7});
    }

    @Test
    void endsItsAnswersWithAChecksum(@SocketServer FakeServer server) throws Exception {
        // tag::computed[]
        Variables variables = Variables.none()
                .computed("crc", connection -> crc(connection.variables().get("data")));
        server.enqueue(Script.parse("""
                @frame length 2
                @receive data
                S! 06 ${data} ${crc}
                """, variables));
        // end::computed[]

        byte[] data = {1, 7};
        byte[] expected = ByteBuffer.allocate(7)
                .put((byte) 6)
                .put(data)
                .put(crc(Bytes.of(data)))
                .array();
        assertThat(ask(server, data)).isEqualTo(expected);
    }

    private static byte[] crc(@Nullable Object data) {
        if (!(data instanceof Bytes bytes)) {
            throw new IllegalArgumentException("no data was received");
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.toByteArray());
        return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    }

    private static byte[] ask(FakeServer server, byte[] request) throws IOException {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.setSoTimeout(10_000);
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            out.writeShort(request.length);
            out.write(request);
            DataInputStream in = new DataInputStream(client.getInputStream());
            return in.readNBytes(in.readUnsignedShort());
        }
    }
}
