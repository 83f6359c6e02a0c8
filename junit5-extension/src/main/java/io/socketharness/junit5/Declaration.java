package io.socketharness.junit5;

import io.socketharness.AnnotatedServer;
import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

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
    public FakeServer start(Class<?> testClass) {
        try {
            return FakeServer.start(spec(testClass));
        } catch (IllegalArgumentException | ServerStartException wrong) {
            throw new ExtensionConfigurationException(this + ": " + wrong.getMessage(), wrong);
        }
    }

    private ServerSpec spec(Class<?> testClass) {
        boolean forClass = element instanceof Class;
        String title = forClass ? name() : testClass.getSimpleName() + "." + Elements.title(element);
        ServerSpec spec = AnnotatedServer.spec(annotation, Elements.classOf(element), title);
        // Not every test of a class needs the server that all of them get.
        return forClass ? spec.toBuilder().optional(true).build() : spec;
    }

    /** The annotation and its place, as messages begin. */
    @Override
    public String toString() {
        return "@SocketServer on " + place();
    }
}
