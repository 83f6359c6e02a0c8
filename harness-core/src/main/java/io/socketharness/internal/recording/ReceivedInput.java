package io.socketharness.internal.recording;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The input of an exchange: the data from the client, and how much of it was read. A position is an offset of a byte
 * or, on datagrams, the number of a datagram. Guarded by the exchange's lock, except for {@link #arrived()}.
 */
final class ReceivedInput {

    private final ByteLog bytes;
    private final boolean datagrams;
    private final Datagrams numbered = new Datagrams();
    private long consumed;
    private int holders;
    /** Written under the lock; read without it by threads that wait for input. */
    private volatile long arrived;

    ReceivedInput(ByteLog bytes, boolean datagrams) {
        this.bytes = bytes;
        this.datagrams = datagrams;
    }

    /** From now on keeps unread input, regardless of the recording's limit. */
    void hold() {
        holders++;
    }

    /** Ends one {@link #hold}. After the last one, drops unread input beyond the recording's limit. */
    void letGo() {
        holders--;
        if (holders == 0) {
            bytes.discard(bytes.length());
        }
    }

    /** Adds input. {@link #announce} follows when its event is recorded. */
    void add(ByteBuffer data, int count, @Nullable SocketAddress source, boolean limited) {
        if (limited && holders == 0) {
            bytes.skip(count);
            numbered.skip(bytes.length());
            data.position(data.limit());
        } else {
            bytes.append(data, count);
            if (datagrams) {
                numbered.add(bytes.length(), source);
            }
        }
    }

    /** Shows all input to the threads that wait for it. */
    void announce() {
        arrived = datagrams ? numbered.count() : bytes.length();
    }

    /** The position after all input. */
    long arrived() {
        return arrived;
    }

    /** The number of received bytes. */
    long length() {
        return bytes.length();
    }

    /** The number of unread bytes. */
    long unread() {
        return bytes.length() - consumed;
    }

    /** Removes the bytes from an offset on, and returns them; none if they are not kept. */
    byte[] takeBack(long from) {
        if (bytes.length() == from || !bytes.has(from, bytes.length())) {
            return new byte[0];
        }
        byte[] taken = bytes.copy(from, bytes.length());
        bytes.truncate(from);
        return taken;
    }

    /** Bytes between two offsets, if they are kept. */
    Optional<byte[]> range(long from, long to) {
        return bytes.has(from, to) ? Optional.of(bytes.copy(from, to)) : Optional.empty();
    }

    long indexOf(byte wanted, long from) {
        return bytes.indexOf(wanted, from);
    }

    /** The bytes of a datagram, if they are kept. */
    Optional<byte[]> datagram(long number) {
        return numbered.has(number) ? range(numbered.end(number - 1), numbered.end(number)) : Optional.empty();
    }

    long datagramEnd(long number) {
        return numbered.end(number);
    }

    Optional<SocketAddress> source(long number) {
        return Optional.ofNullable(numbered.source(number));
    }

    /** Marks the input before a position as read. Beyond the recording's limit it is dropped. */
    void consume(long position) {
        long end = position;
        if (datagrams) {
            end = numbered.end(position - 1);
            numbered.discard(position - 1);
        }
        if (end > consumed) {
            consumed = end;
            bytes.discard(end);
        }
    }
}
