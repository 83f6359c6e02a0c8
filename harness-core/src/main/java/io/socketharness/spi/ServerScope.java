package io.socketharness.spi;

import io.socketharness.FakeServer;
import java.util.Collection;
import java.util.Map;

/**
 * A scope in a run of tests, and its servers: for a test, those of the test and of its enclosing classes; outside of
 * tests, only those of the classes.
 */
public interface ServerScope {

    /**
     * Returns the servers that run in this scope.
     *
     * @return the servers by declaration
     */
    Map<? extends DeclaredServer, FakeServer> running();

    /**
     * Returns the servers that each test will have, if no test has started.
     *
     * @return their declarations; empty in a test
     */
    Collection<? extends DeclaredServer> ofLaterTests();

    /**
     * Returns the reason why the servers of tests do not run in this scope.
     *
     * @param element the element that needs such a server
     * @return a part of a message, such as {@code none has begun here}
     */
    String whyLater(TestElement element);
}
