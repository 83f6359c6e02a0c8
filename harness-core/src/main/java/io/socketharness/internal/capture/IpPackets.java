package io.socketharness.internal.capture;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Builds packets of IPv4 (RFC 791) and IPv6 (RFC 8200) from one end of a connection to the other. */
final class IpPackets {

    /** The most data in a packet of both versions, behind headers without options. */
    static final int MOST_DATA = 65_495;

    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int WINDOW = 0xFFFF;
    /** The maximum segment size (RFC 9293), and the window scale (RFC 7323), which allows any amount of data on its way. */
    private static final byte[] SYN_OPTIONS = {2, 4, (byte) (MOST_DATA >> 8), (byte) MOST_DATA, 3, 3, 14, 1};

    private final InetSocketAddress from;
    private final InetSocketAddress to;

    IpPackets(InetSocketAddress from, InetSocketAddress to) {
        this.from = from;
        this.to = to;
    }

    byte[] tcp(long sequence, long acknowledgement, int flags, byte[] data) {
        byte[] options = (flags & SYN) == 0 ? new byte[0] : SYN_OPTIONS;
        int header = TCP_HEADER + options.length;
        ByteBuffer segment = ByteBuffer.allocate(header + data.length);
        segment.putShort((short) from.getPort()).putShort((short) to.getPort());
        segment.putInt((int) sequence).putInt((int) acknowledgement);
        segment.put((byte) (header / 4 << 4)).put((byte) flags).putShort((short) WINDOW);
        segment.putShort((short) 0).putShort((short) 0);
        segment.put(options).put(data);
        return packet(TCP, segment.array(), 16);
    }

    byte[] udp(byte[] data) {
        ByteBuffer datagram = ByteBuffer.allocate(UDP_HEADER + data.length);
        datagram.putShort((short) from.getPort()).putShort((short) to.getPort());
        datagram.putShort((short) datagram.capacity()).putShort((short) 0);
        datagram.put(data);
        return packet(UDP, datagram.array(), 6);
    }

    private byte[] packet(int protocol, byte[] payload, int checksumAt) {
        byte[] source = from.getAddress().getAddress();
        byte[] target = to.getAddress().getAddress();
        ByteBuffer pseudo = ByteBuffer.allocate(2 * source.length + 4);
        pseudo.put(source).put(target).putShort((short) protocol).putShort((short) payload.length);
        int checksum = checksum(sum(payload, sum(pseudo.array(), 0)));
        // zero means that there is none
        ByteBuffer.wrap(payload).putShort(checksumAt, (short) (checksum == 0 && protocol == UDP ? 0xFFFF : checksum));
        return source.length == 4
                ? version4(protocol, source, target, payload)
                : version6(protocol, source, target, payload);
    }

    private static byte[] version4(int protocol, byte[] source, byte[] target, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(20 + payload.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        // not to be fragmented
        packet.putShort((short) 0).putShort((short) 0x4000);
        packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.put(source).put(target);
        packet.putShort(10, (short) checksum(sum(Arrays.copyOf(packet.array(), 20), 0)));
        return packet.put(payload).array();
    }

    private static byte[] version6(int protocol, byte[] source, byte[] target, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(40 + payload.length);
        packet.putInt(0x60000000).putShort((short) payload.length);
        packet.put((byte) protocol).put((byte) 64).put(source).put(target);
        return packet.put(payload).array();
    }

    /** RFC 1071. */
    private static long sum(byte[] bytes, long before) {
        long sum = before;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0);
        }
        return sum;
    }

    private static int checksum(long sum) {
        long folded = sum;
        while (folded > 0xFFFF) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) ~folded & 0xFFFF;
    }
}
