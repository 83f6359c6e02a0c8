package io.socketharness.spock;

import io.socketharness.spi.AnnotatedServer;
import io.socketharness.spi.FrameworkWords;
import io.socketharness.spi.TestFramework;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.spockframework.runtime.extension.ExtensionException;

/** Spock, for the code that all adapters share. */
enum SpockFramework implements TestFramework<SocketServer> {
    INSTANCE;

    private static final FrameworkWords WORDS = new FrameworkWords(
            "iteration",
            "feature",
            "specification",
            "a field without @Shared",
            "a @Shared field",
            "Spock runs features in parallel (runner.parallel.enabled is true)",
            "features share, and Spock can run these features at the same time (runner.parallel.enabled is true, and"
                    + " this one is CONCURRENT)");

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
        return AnnotatedServer.declared(element, FromServer.class).stream()
                .map(FromServer::value)
                .findFirst();
    }

    @Override
    public FrameworkWords words() {
        return WORDS;
    }

    @Override
    public RuntimeException error(String message, @Nullable Throwable cause) {
        return new ExtensionException(message, cause);
    }

    @Override
    public RuntimeException abort(String message, Throwable cause) {
        return new TestAbortedException(message, cause);
    }
}
