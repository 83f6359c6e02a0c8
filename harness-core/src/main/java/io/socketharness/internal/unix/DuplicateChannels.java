package io.socketharness.internal.unix;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.newsclub.net.unix.AFSomeSocketChannel;
import org.newsclub.net.unix.FileDescriptorCast;

/**
 * Duplicates of a channel's descriptor for writing: junixsocket closes a channel whose write fails, and the original
 * stays readable.
 */
final class DuplicateChannels {

    private DuplicateChannels() {}

    static <C extends AFSomeSocketChannel> C of(C channel, Class<C> type) throws IOException {
        C copy = FileDescriptorCast.duplicating(channel.getFileDescriptor()).as(type);
        copy.setShutdownOnClose(false);
        return copy;
    }

    /** Closes a duplicate, whose own close leaves its descriptor open. */
    static void close(AFSomeSocketChannel duplicate) throws IOException {
        FileDescriptor descriptor = duplicate.getFileDescriptor();
        duplicate.close();
        if (descriptor.valid()) {
            new FileOutputStream(descriptor).close();
        }
    }
}
