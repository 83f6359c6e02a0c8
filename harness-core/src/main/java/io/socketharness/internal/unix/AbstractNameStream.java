package io.socketharness.internal.unix;

import io.socketharness.internal.net.Interrupts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/**
 * The bytes of a connection over an abstract name. junixsocket closes a channel whose write fails, and unread data of
 * the client is lost. A duplicate of the descriptor writes, so that the channel stays readable. junixsocket also closes
 * the channel of an interrupted thread, even if it does not wait: interrupts are deferred.
 */
final class AbstractNameStream implements ByteChannel {

    private final AFUNIXSocketChannel channel;
    private @Nullable AFUNIXSocketChannel output;
    private boolean closed;

    AbstractNameStream(AFUNIXSocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int[] count = new int[1];
        Interrupts.shield(() -> count[0] = channel.read(into));
        return count[0];
    }

    @Override
    public synchronized int write(ByteBuffer data) throws IOException {
        if (closed || !channel.isOpen()) {
            throw new IOException("the connection is closed");
        }
        int before = data.position();
        try {
            AFUNIXSocketChannel through = output == null ? duplicate() : output;
            output = through;
            int[] count = new int[1];
            Interrupts.shield(() -> count[0] = through.write(data));
            return count[0];
        } catch (IOException failed) {
            data.position(before);
            throw failed.getMessage() == null
                    ? new IOException("the client has closed the connection", failed)
                    : failed;
        } finally {
            if (output != null && !output.isOpen()) {
                drop();
            }
        }
    }

    private AFUNIXSocketChannel duplicate() throws IOException {
        AFUNIXSocketChannel copy = DuplicateChannels.of(channel, AFUNIXSocketChannel.class);
        copy.configureBlocking(false);
        return copy;
    }

    private void drop() throws IOException {
        AFUNIXSocketChannel dropped = output;
        output = null;
        if (dropped != null) {
            DuplicateChannels.close(dropped);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try {
            drop();
        } finally {
            channel.close();
        }
    }
}
