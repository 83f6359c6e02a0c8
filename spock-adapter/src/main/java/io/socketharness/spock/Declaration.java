package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import io.socketharness.spi.AnnotatedServer;
import io.socketharness.spi.DeclaredServer;
import io.socketharness.spi.ServerGroup;
import java.util.Collection;
import org.opentest4j.TestAbortedException;
import org.spockframework.runtime.extension.ExtensionException;

/**
 * A server that a specification asks for.
 *
 * @param annotation what it asks for
 * @param element where the annotation stands
 */
record Declaration(SocketServer annotation, Element element) implements DeclaredServer {

    @Override
    public String name() {
        return annotation.name().isEmpty() ? element.name() : annotation.name();
    }

    @Override
    public String place() {
        return element.place();
    }

    /** Starts it for a place in a specification, beside others; a failure names the annotation and its place. */
    FakeServer start(Collection<FakeServer> others, PropertiesLock lock) {
        ServerSpec spec = spec(lock);
        try {
            return ServerGroup.startBeside(others, spec);
        } catch (ServerStartException reason) {
            String message = this + ": " + reason.getMessage();
            throw reason.isUnsupported() && spec.isSkipIfUnsupported()
                    ? new TestAbortedException(message, reason)
                    : new ExtensionException(message, reason);
        }
    }

    private ServerSpec spec(PropertiesLock lock) {
        boolean forAll = element.reflection() instanceof Class;
        String title = forAll ? name() : lock.spec().getReflection().getSimpleName() + "." + element.title();
        try {
            ServerSpec spec = AnnotatedServer.spec(annotation, element.owner(), title);
            lock.check(spec);
            // Not every feature of a specification needs the server that all of them get.
            return forAll ? spec.toBuilder().optional(true).build() : spec;
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionException(this + ": " + wrong.getMessage(), wrong);
        }
    }

    /** The annotation and its place, as messages begin. */
    @Override
    public String toString() {
        return "@SocketServer on " + place();
    }
}
