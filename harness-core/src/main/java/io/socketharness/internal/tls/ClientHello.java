package io.socketharness.internal.tls;

import io.socketharness.recording.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * The client's hello (RFC 8446, section 4.1.2), as far as tests need it.
 *
 * @param serverName the requested host (RFC 6066); clients send none for an address
 * @param applicationProtocols the offered protocols (ALPN, RFC 7301), such as {@code h2}
 * @param protocols the offered versions, such as {@code TLSv1.3}, in the client's order
 * @param offersSession whether the client offers to resume a session. Clients of TLS 1.3 send an id even without a
 *     session, so from them only a ticket or a key counts
 */
public record ClientHello(
        Optional<String> serverName, List<String> applicationProtocols, List<String> protocols, boolean offersSession) {

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_NAME = 0;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int SESSION_TICKET = 35;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final ClientHello UNKNOWN = new ClientHello(Optional.empty(), List.of(), List.of(), false);

    /**
     * A hello with these values.
     *
     * @param serverName the requested host
     * @param applicationProtocols the offered protocols
     * @param protocols the offered versions
     * @param offersSession whether the client offers to resume a session
     */
    public ClientHello {
        applicationProtocols = List.copyOf(applicationProtocols);
        protocols = List.copyOf(protocols);
    }

    /** Parses a handshake message without its records; empty while it is incomplete. */
    static Optional<ClientHello> parse(byte[] message) {
        if (message.length < 4 || message.length < size(message)) {
            return Optional.empty();
        }
        if (message[0] != CLIENT_HELLO) {
            return Optional.of(UNKNOWN);
        }
        try {
            return Optional.of(read(ByteBuffer.wrap(message, 4, size(message) - 4)));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return Optional.of(UNKNOWN);
        }
    }

    /** The length of a handshake message, including its header of four bytes. */
    static int size(byte[] message) {
        return 4 + ((message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | message[3] & 0xff);
    }

    private static ClientHello read(ByteBuffer in) {
        int oldest = in.getShort();
        skip(in, 32);
        boolean hasId = skip(in, in.get() & 0xff);
        skip(in, in.getShort() & 0xffff);
        skip(in, in.get() & 0xff);
        Optional<String> serverName = Optional.empty();
        List<String> applications = List.of();
        List<String> versions = List.of(version(oldest));
        boolean hasTicket = false;
        ByteBuffer extensions = in.hasRemaining() ? block(in, in.getShort() & 0xffff) : ByteBuffer.allocate(0);
        while (extensions.hasRemaining()) {
            int type = extensions.getShort() & 0xffff;
            ByteBuffer data = block(extensions, extensions.getShort() & 0xffff);
            switch (type) {
                case SERVER_NAME -> serverName = serverName(data);
                case APPLICATION_PROTOCOLS -> applications = applicationProtocols(data);
                case SESSION_TICKET, PRE_SHARED_KEY -> hasTicket |= data.hasRemaining();
                case SUPPORTED_VERSIONS -> versions = versions(data);
                default -> {}
            }
        }
        return new ClientHello(serverName, applications, versions, hasTicket || hasId && !versions.contains("TLSv1.3"));
    }

    private static Optional<String> serverName(ByteBuffer data) {
        ByteBuffer names = block(data, data.getShort() & 0xffff);
        while (names.hasRemaining()) {
            int type = names.get();
            String name = text(block(names, names.getShort() & 0xffff));
            if (type == 0) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static List<String> applicationProtocols(ByteBuffer data) {
        ByteBuffer names = block(data, data.getShort() & 0xffff);
        List<String> found = new ArrayList<>();
        while (names.hasRemaining()) {
            found.add(text(block(names, names.get() & 0xff)));
        }
        return found;
    }

    private static List<String> versions(ByteBuffer data) {
        ByteBuffer versions = block(data, data.get() & 0xff);
        List<String> found = new ArrayList<>();
        while (versions.hasRemaining()) {
            int version = versions.getShort() & 0xffff;
            if (!isGrease(version)) {
                found.add(version(version));
            }
        }
        return found;
    }

    /** Reserved values that clients add, so that servers learn to ignore unknown ones (RFC 8701). */
    private static boolean isGrease(int version) {
        return (version & 0x0f0f) == 0x0a0a && version >> 8 == (version & 0xff);
    }

    private static String version(int version) {
        return switch (version & 0xffff) {
            case 0x0300 -> "SSLv3";
            case 0x0301 -> "TLSv1";
            case 0x0302 -> "TLSv1.1";
            case 0x0303 -> "TLSv1.2";
            case 0x0304 -> "TLSv1.3";
            default -> String.format("0x%04x", version & 0xffff);
        };
    }

    /** Returns whether there was something to skip. */
    private static boolean skip(ByteBuffer in, int count) {
        in.position(in.position() + count);
        return count > 0;
    }

    private static ByteBuffer block(ByteBuffer in, int count) {
        ByteBuffer block = in.slice();
        skip(in, count);
        return block.limit(count);
    }

    /** Escapes reserved values (RFC 8701) that are not text, so that they stay readable on one line. */
    private static String text(ByteBuffer bytes) {
        byte[] name = new byte[bytes.remaining()];
        bytes.get(name);
        return Bytes.of(name).escaped();
    }

    /** Such as {@code hello for localhost, offers TLSv1.3 TLSv1.2 and h2}. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(" ").add("hello");
        serverName.ifPresent(name -> words.add("for " + name + ","));
        words.add("offers").add(String.join(" ", protocols));
        if (!applicationProtocols.isEmpty()) {
            words.add("and").add(String.join(" ", applicationProtocols));
        }
        return words.toString();
    }
}
