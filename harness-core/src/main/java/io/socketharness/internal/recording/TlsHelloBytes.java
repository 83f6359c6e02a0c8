package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;

/** Recognizes the hello of a TLS or DTLS client in plain bytes (RFC 8446, 5.1; RFC 6347, 4.1). */
public final class TlsHelloBytes {

    private static final int HANDSHAKE = 0x16;
    private static final int CLIENT_HELLO = 1;
    private static final int TLS_HEADER = 5;
    private static final int DTLS_HEADER = 13;

    private TlsHelloBytes() {}

    /**
     * Whether bytes begin with a handshake record that contains a client's hello. An incomplete one counts if it is of a
     * stream; a datagram is never incomplete.
     */
    public static boolean isHello(Bytes read, boolean datagram) {
        return datagram
                ? read.size() > DTLS_HEADER
                        && isHandshake(read, 0xfe, 0xfd, 0xff)
                        && read.at(DTLS_HEADER) == CLIENT_HELLO
                : read.size() > 2
                        && isHandshake(read, 0x03, 0x00, 0x04)
                        && (read.size() <= TLS_HEADER || read.at(TLS_HEADER) == CLIENT_HELLO);
    }

    private static boolean isHandshake(Bytes read, int major, int lowestMinor, int highestMinor) {
        int minor = read.at(2) & 0xff;
        return read.at(0) == HANDSHAKE && (read.at(1) & 0xff) == major && minor >= lowestMinor && minor <= highestMinor;
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
