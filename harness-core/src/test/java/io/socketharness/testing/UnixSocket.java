package io.socketharness.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** The channel of a Unix socket as a {@link Socket}, for code that knows no channels, the JDK's TLS among it. */
public final class UnixSocket extends Socket {

    private final SocketChannel channel;

    private UnixSocket(SocketChannel channel) {
        this.channel = channel;
    }

    public static UnixSocket to(SocketAddress address) throws IOException {
        return new UnixSocket(
                address instanceof AFUNIXSocketAddress name
                        ? AFUNIXSocketChannel.open(name)
                        : SocketChannel.open(address));
    }

    @Override
    public InputStream getInputStream() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream getOutputStream() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setSoTimeout(int millis) {
        // a channel has none
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // a Unix socket delays nothing
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // a Unix socket has no RST
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
