package io.socketharness.testing;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** The JDK's own provider of channels, as it is on a system that has no Unix sockets. */
public final class NoUnixSockets extends SelectorProvider {

    private final SelectorProvider own;

    /** Makes one; the JDK does, where the system property asks for it. */
    public NoUnixSockets() throws ReflectiveOperationException {
        Method get = Class.forName("sun.nio.ch.DefaultSelectorProvider").getDeclaredMethod("get");
        get.setAccessible(true);
        own = (SelectorProvider) get.invoke(null);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        if (family == StandardProtocolFamily.UNIX) {
            throw new UnsupportedOperationException("Protocol family not supported");
        }
        return own.openServerSocketChannel(family);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return own.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return own.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return own.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return own.openSelector();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return own.openServerSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return own.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return own.openSocketChannel(family);
    }
}
