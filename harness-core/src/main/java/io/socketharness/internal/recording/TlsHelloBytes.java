package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;

/** Recognizes the hello of a TLS or DTLS client in plain bytes (RFC 8446, 5.1; RFC 6347, 4.1). */
public final class TlsHelloBytes {

    private static final Bytes TLS_HANDSHAKE = Bytes.of((byte) 0x16, (byte) 0x03);
    private static final Bytes DTLS_HANDSHAKE = Bytes.of((byte) 0x16, (byte) 0xfe);
    private static final int CLIENT_HELLO = 1;
    private static final int TLS_HEADER = 5;
    private static final int DTLS_HEADER = 13;

    private TlsHelloBytes() {}

    /** Whether bytes begin with a handshake record that contains a client's hello; an incomplete one counts. */
    public static boolean isHello(Bytes read, boolean datagram) {
        int type = datagram ? DTLS_HEADER : TLS_HEADER;
        return read.size() > 2
                && read.slice(0, 2).equals(datagram ? DTLS_HANDSHAKE : TLS_HANDSHAKE)
                && (read.size() <= type || read.at(type) == CLIENT_HELLO);
    }

    /** The length of the hello's record at the beginning of a stream. */
    static int length(Bytes read) {
        return read.size() < TLS_HEADER
                ? read.size()
                : Math.min(read.size(), TLS_HEADER + (read.at(3) & 0xff) * 256 + (read.at(4) & 0xff));
    }

    /** Such as {@code TLS ClientHello, 440 bytes}. */
    public static String words(Bytes hello, boolean datagram) {
        return (datagram ? "DTLS" : "TLS") + " ClientHello, " + hello.size() + " bytes";
    }
}
