package io.socketharness.junit5;

import io.socketharness.FakeServer;

/** Where a server of a test comes from; what the same source asks for twice is the same server. */
interface Source {

    /** The name that {@link FromServer} picks it by. */
    String name();

    /** Where it is declared, such as {@code field [mail] of [LoginTest]}. */
    String place();

    /** Starts it; a failure names the source. */
    FakeServer start(Class<?> testClass);
}
