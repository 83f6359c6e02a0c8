package io.socketharness.spi;

import io.socketharness.ServerSpec;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * A server that an annotation declares.
 *
 * @param annotation the annotation {@code @SocketServer} of an adapter
 * @param givenName the name in the annotation; empty for the name of the element
 * @param element the annotated element
 */
public record ServerDeclaration(Annotation annotation, String givenName, TestElement element)
        implements DeclaredServer {

    @Override
    public String name() {
        return givenName.isEmpty() ? element.name() : givenName;
    }

    @Override
    public String place() {
        return element.place();
    }

    @Override
    public String subject() {
        return subject(element);
    }

    static String subject(TestElement element) {
        return "@SocketServer on " + element.place();
    }

    /** The name of the tape, with placeholders, if the server has one. */
    Optional<String> tape() {
        return Optional.of(AnnotatedServer.text(annotation, "tape")).filter(name -> !name.isEmpty());
    }

    List<String> masks() {
        return AnnotatedServer.texts(annotation, "mask");
    }

    /** The address of the real server; empty for none. */
    String realServer() {
        return AnnotatedServer.text(annotation, "forwardTo");
    }

    /**
     * Returns the specification of the server. The server's name begins with the test class, except for a server that
     * all tests of a class declare together. Such a server may stay unused, because some of the tests may not need it.
     *
     * @param testClass the class whose tests run
     * @return the specification
     * @throws IllegalArgumentException if an attribute is invalid; the message does not contain {@link #subject}
     */
    public ServerSpec spec(Class<?> testClass) {
        boolean isForAll = element.reflection() instanceof Class;
        String title = isForAll ? name() : testClass.getSimpleName() + "." + element.title();
        ServerSpec spec = AnnotatedServer.spec(annotation, element.owner(), title);
        return isForAll ? spec.toBuilder().optional(true).build() : spec;
    }
}
