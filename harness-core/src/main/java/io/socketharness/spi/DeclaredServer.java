package io.socketharness.spi;

/** A server that a test asks for, as the extensions of test frameworks know it. */
public interface DeclaredServer {

    /**
     * The name that it is picked by.
     *
     * @return the one given, else that of the annotated element; empty for a parameter whose name is unknown
     */
    String name();

    /**
     * Where it is declared.
     *
     * @return as messages show it, such as {@code field [mail] of [LoginTest]}
     */
    String place();

    /**
     * What declares it.
     *
     * @return as messages begin, such as {@code @SocketServer on field [mail] of [LoginTest]}
     */
    String subject();
}
