package io.socketharness.spi;

import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the servers that the elements of a test declare.
 *
 * @param <S> the annotation {@code @SocketServer} of an adapter
 */
public final class ServerDeclarations<S extends Annotation> {

    private final TestFramework<S> framework;

    /**
     * Creates an instance for the tests of a framework.
     *
     * @param framework the framework, with the annotations to find
     */
    public ServerDeclarations(TestFramework<S> framework) {
        this.framework = framework;
    }

    /**
     * Returns the server that a field or parameter declares.
     *
     * @param element the field or parameter
     * @return the server; empty without an annotation
     * @throws RuntimeException the framework's exception, if there are several
     */
    public Optional<ServerDeclaration> single(TestElement element) {
        List<S> found = AnnotatedServer.declared(element.reflection(), framework.serverAnnotation());
        if (found.size() > 1) {
            FrameworkWords words = framework.words();
            throw framework.error(
                    ServerDeclaration.subject(element) + ": found " + found.size()
                            + "; one is allowed on a field or parameter, any number on a " + words.container() + " or "
                            + words.method(),
                    null);
        }
        return found.stream()
                .map(annotation -> declaration(annotation, element))
                .findFirst();
    }

    /**
     * Returns the servers that classes and methods declare for one test. A server replaces a server with the same given
     * name on an outer element; servers without a name also replace each other. Servers of a class replace inherited
     * ones.
     *
     * @param elements classes and methods, the outermost first
     * @return the servers in that order, inherited ones first
     * @throws RuntimeException the framework's exception, if an element has several servers with the same name
     */
    public List<ServerDeclaration> nearest(List<TestElement> elements) {
        Map<String, ServerDeclaration> byName = new LinkedHashMap<>();
        for (TestElement element : elements) {
            if (element.reflection() instanceof Class<?> type) {
                addInherited(type, byName);
            }
            byName.putAll(distinct(element));
        }
        return List.copyOf(byName.values());
    }

    private void addInherited(Class<?> type, Map<String, ServerDeclaration> byName) {
        if (type.getSuperclass() != null) {
            addWithInherited(type.getSuperclass(), byName);
        }
        for (Class<?> implemented : type.getInterfaces()) {
            addWithInherited(implemented, byName);
        }
    }

    private void addWithInherited(Class<?> type, Map<String, ServerDeclaration> byName) {
        addInherited(type, byName);
        byName.putAll(distinct(TestElement.ofClass(type, framework.words().container())));
    }

    private Map<String, ServerDeclaration> distinct(TestElement element) {
        Map<String, ServerDeclaration> byName = new LinkedHashMap<>();
        for (S annotation : AnnotatedServer.declared(element.reflection(), framework.serverAnnotation())) {
            ServerDeclaration declaration = declaration(annotation, element);
            String name = declaration.givenName();
            if (byName.put(name, declaration) != null) {
                throw framework.error(
                        declaration.subject() + ": found several "
                                + (name.isEmpty() ? "without a name" : "named \"" + name + "\"")
                                + "; give each server its own name",
                        null);
            }
        }
        return byName;
    }

    private ServerDeclaration declaration(S annotation, TestElement element) {
        return new ServerDeclaration(annotation, framework.givenName(annotation), element);
    }
}
