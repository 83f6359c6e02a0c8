package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import io.socketharness.spi.AnnotatedServer;
import io.socketharness.spi.ServerGroup;
import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that a test asks for.
 *
 * @param annotation what it asks for
 * @param element where the annotation stands
 */
record Declaration(SocketServer annotation, AnnotatedElement element) implements Source {

    @Override
    public String name() {
        return annotation.name().isEmpty() ? Elements.name(element) : annotation.name();
    }

    @Override
    public String place() {
        return Elements.describe(element);
    }

    @Override
    public FakeServer start(ExtensionContext context) {
        ServerSpec spec = spec(context);
        try {
            return ServerGroup.startBeside(new Scope(context).running().values(), spec);
        } catch (ServerStartException reason) {
            throw notStarted(spec, reason);
        }
    }

    private ServerSpec spec(ExtensionContext context) {
        boolean forClass = element instanceof Class;
        String title =
                forClass ? name() : context.getRequiredTestClass().getSimpleName() + "." + Elements.title(element);
        try {
            ServerSpec spec = AnnotatedServer.spec(annotation, Elements.classOf(element), title);
            PropertiesLock.check(spec, context);
            // Not every test of a class needs the server that all of them get.
            return forClass ? spec.toBuilder().optional(true).build() : spec;
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(this + ": " + wrong.getMessage(), wrong);
        }
    }

    /** The annotation and its place, as messages begin. */
    @Override
    public String toString() {
        return "@SocketServer on " + place();
    }
}
