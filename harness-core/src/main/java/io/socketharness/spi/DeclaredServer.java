package io.socketharness.spi;

/** A server that a test declares. */
public interface DeclaredServer {

    /**
     * Returns the name that {@code @FromServer} uses for the server.
     *
     * @return the given name, or else the name of the annotated element; empty for a parameter whose name is unknown
     */
    String name();

    /**
     * Returns the place of the declaration.
     *
     * @return text for messages, such as {@code field [mail] of [LoginTest]}
     */
    String place();

    /**
     * Returns the declaration as the start of a message.
     *
     * @return such as {@code @SocketServer on field [mail] of [LoginTest]}
     */
    String subject();
}
