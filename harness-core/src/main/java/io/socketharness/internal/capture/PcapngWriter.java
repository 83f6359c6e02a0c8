package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes the blocks of a pcapng file (draft-ietf-opsawg-pcapng). Packets begin with the header of IP. */
final class PcapngWriter implements Closeable {

    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    /** Raw IP, of both versions. */
    private static final short RAW_IP = 101;

    private static final int COMMENT = 1;
    private static final int INTERFACE_NAME = 2;
    private static final int INTERFACE_DESCRIPTION = 3;
    private static final int APPLICATION = 4;
    private static final int TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    /** Lengths of options have 16 bits. */
    private static final int LONGEST_OPTION = 0xFFFC;

    private final OutputStream out;

    /** An option of a block. */
    private record Option(int code, Bytes value) {

        static Option text(int code, String text) {
            Bytes value = Bytes.ofText(text);
            return new Option(code, value.slice(0, Math.min(value.size(), LONGEST_OPTION)));
        }
    }

    PcapngWriter(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer body = buffer(16);
        body.putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
        block(SECTION, body, List.of(Option.text(APPLICATION, "socket-harness")));
    }

    /** Interfaces are numbered from 0, in the order of these calls. */
    void addInterface(String name, String description) throws IOException {
        ByteBuffer body = buffer(8);
        body.putShort(RAW_IP).putShort((short) 0).putInt(0);
        block(
                INTERFACE,
                body,
                List.of(
                        Option.text(INTERFACE_NAME, name),
                        Option.text(INTERFACE_DESCRIPTION, description),
                        new Option(TIME_RESOLUTION, Bytes.of(NANOSECONDS))));
    }

    /** {@code nanos} is the time since 1970. */
    void addPacket(int ofInterface, long nanos, byte[] packet, List<String> comments) throws IOException {
        ByteBuffer body = buffer(20 + padded(packet.length));
        body.putInt(ofInterface).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        body.position(body.capacity());
        List<Option> options = new ArrayList<>();
        comments.forEach(comment -> options.add(Option.text(COMMENT, comment)));
        block(PACKET, body, options);
    }

    private void block(int type, ByteBuffer body, List<Option> options) throws IOException {
        int optionsLength = options.isEmpty()
                ? 0
                : 4
                        + options.stream()
                                .mapToInt(one -> 4 + padded(one.value().size()))
                                .sum();
        int length = 12 + body.capacity() + optionsLength;
        byte[] bytes = new byte[length];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(length).put(body.flip());
        for (Option option : options) {
            block.putShort((short) option.code())
                    .putShort((short) option.value().size());
            int end = block.position() + padded(option.value().size());
            block.put(option.value().toByteArray()).position(end);
        }
        if (!options.isEmpty()) {
            block.putInt(0);
        }
        block.putInt(length);
        out.write(bytes);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
