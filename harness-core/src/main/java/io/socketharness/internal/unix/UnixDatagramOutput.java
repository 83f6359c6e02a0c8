package io.socketharness.internal.unix;

import io.socketharness.internal.datagram.ServerRefuses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * Sends from a Unix datagram socket, on any thread. It uses a duplicate of the channel, because junixsocket closes the
 * sending socket if the client is gone. The duplicate is then replaced.
 */
final class UnixDatagramOutput {

    /** Fair: otherwise a thread that sends repeatedly blocks the others. */
    private final ReentrantLock sending = new ReentrantLock(true);
    /** Null while the server refuses clients. */
    private @Nullable AFUNIXDatagramChannel bound;

    private @Nullable AFUNIXDatagramChannel duplicate;
    private boolean closed;

    /** Opens the duplicate now, not on demand: without a descriptor for it the server must not start. */
    UnixDatagramOutput(AFUNIXDatagramChannel channel) throws IOException {
        open(channel);
    }

    void open(AFUNIXDatagramChannel channel) throws IOException {
        sending.lock();
        try {
            duplicate = duplicate(channel);
            bound = channel;
        } finally {
            sending.unlock();
        }
    }

    private static AFUNIXDatagramChannel duplicate(AFUNIXDatagramChannel channel) throws IOException {
        AFUNIXDatagramChannel copy = DuplicateChannels.of(channel, AFUNIXDatagramChannel.class);
        copy.setDeleteOnClose(false);
        return copy;
    }

    /** Sends without waiting. If there is no room, the buffer stays unread. */
    void send(ByteBuffer datagram, AFUNIXSocketAddress to) throws IOException {
        sending.lock();
        try {
            AFUNIXDatagramChannel through = channel();
            boolean sent = false;
            try {
                if (datagram.hasRemaining()) {
                    through.send(datagram, to);
                } else {
                    sendEmpty(through, to);
                }
                sent = true;
            } finally {
                if (!sent && !through.getFileDescriptor().valid()) {
                    drop();
                }
            }
        } finally {
            sending.unlock();
        }
    }

    private AFUNIXDatagramChannel channel() throws IOException {
        AFUNIXDatagramChannel from = bound;
        if (closed) {
            throw new ClosedChannelException();
        }
        if (from == null) {
            throw new ServerRefuses();
        }
        AFUNIXDatagramChannel through = duplicate == null ? duplicate(from) : duplicate;
        duplicate = through;
        return through;
    }

    /** The channel itself sends no empty datagrams. */
    private static void sendEmpty(AFUNIXDatagramChannel through, AFUNIXSocketAddress to) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[0], 0);
        packet.setAddress(to.wrapAddress());
        through.socket().send(packet);
    }

    /** Closes the duplicate: the server refuses clients, and sends nothing until {@link #open}. */
    void suspend() throws IOException {
        sending.lock();
        try {
            bound = null;
            drop();
        } finally {
            sending.unlock();
        }
    }

    void close() throws IOException {
        sending.lock();
        try {
            closed = true;
            drop();
        } finally {
            sending.unlock();
        }
    }

    private void drop() throws IOException {
        AFUNIXDatagramChannel dropped = duplicate;
        duplicate = null;
        if (dropped != null) {
            DuplicateChannels.close(dropped);
        }
    }
}
