package io.socketharness.spi;

import io.socketharness.FakeServer;
import java.util.Collection;
import java.util.Map;

/**
 * A place in a run of tests, and its servers: in a test, those of the test and of the classes around it; elsewhere those of
 * the classes alone.
 */
public interface ServerScope {

    /**
     * The servers that run here.
     *
     * @return each by what declares it
     */
    Map<? extends DeclaredServer, FakeServer> running();

    /**
     * The servers that each test has, where no test has begun.
     *
     * @return what declares them; nothing in a test
     */
    Collection<? extends DeclaredServer> ofLaterTests();

    /**
     * Why the servers of tests do not run here.
     *
     * @param element what asks for one
     * @return as part of a message, such as {@code none has begun here}
     */
    String whyLater(TestElement element);
}
