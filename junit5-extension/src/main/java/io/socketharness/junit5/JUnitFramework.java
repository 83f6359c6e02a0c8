package io.socketharness.junit5;

import io.socketharness.spi.FrameworkWords;
import io.socketharness.spi.TestFramework;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** JUnit, for the code that all adapters share. */
enum JUnitFramework implements TestFramework<SocketServer> {
    INSTANCE;

    private static final FrameworkWords WORDS = new FrameworkWords(
            "test",
            "method",
            "class",
            "an instance field",
            "a static field",
            "JUnit runs tests in parallel (" + Parallel.ENABLED + " is true)",
            "tests of its class share, and JUnit can run these tests at the same time (" + Parallel.ENABLED
                    + " is true, and this test is CONCURRENT or in a container that is)");

    @Override
    public Class<SocketServer> serverAnnotation() {
        return SocketServer.class;
    }

    @Override
    public String givenName(SocketServer annotation) {
        return annotation.name();
    }

    @Override
    public Optional<String> pickedName(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, FromServer.class).map(FromServer::value);
    }

    @Override
    public FrameworkWords words() {
        return WORDS;
    }

    @Override
    public RuntimeException error(String message, @Nullable Throwable cause) {
        return cause == null
                ? new ExtensionConfigurationException(message)
                : new ExtensionConfigurationException(message, cause);
    }

    @Override
    public RuntimeException abort(String message, Throwable cause) {
        return new TestAbortedException(message, cause);
    }
}
