package io.socketharness.spi;

import io.socketharness.FakeServer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter or field that gets a value from a server: from the server that it declares, the one that it selects by
 * name, or the only one.
 */
public final class InjectionPoint {

    private final TestFramework<?> framework;
    private final TestElement element;
    private final Class<?> type;
    private final Optional<String> picked;
    private final Optional<ServerDeclaration> own;

    /**
     * Creates the injection point of a parameter or field.
     *
     * @param framework the framework of the test
     * @param element the parameter or field
     * @param type its type
     * @throws RuntimeException the framework's exception, if the element declares several servers
     */
    public InjectionPoint(TestFramework<?> framework, TestElement element, Class<?> type) {
        this.framework = framework;
        this.element = element;
        this.type = type;
        this.picked = framework.pickedName(element.reflection());
        this.own = new ServerDeclarations<>(framework).single(element);
    }

    /**
     * Returns the value to inject, see {@link Injection}.
     *
     * @param scope the scope of the element
     * @return a value of its type
     * @throws RuntimeException the framework's exception, if no server or several servers apply, if the server does not
     *     run in this scope, or if it has no value of that type
     */
    public Object value(ServerScope scope) {
        if (picked.isPresent() && own.isPresent()) {
            throw error("found @SocketServer and @FromServer; one of them is allowed", null);
        }
        try {
            Injection.check(type);
            return Injection.value(server(scope), type);
        } catch (IllegalArgumentException | UnsupportedOperationException wrong) {
            throw error(String.valueOf(wrong.getMessage()), null);
        }
    }

    private FakeServer server(ServerScope scope) {
        Map<? extends DeclaredServer, FakeServer> running = scope.running();
        if (own.isPresent()) {
            FakeServer server = running.get(own.get());
            if (server == null) {
                throw tooEarly(scope);
            }
            return server;
        }
        String name = picked.orElse("");
        return ServerGroup.pick(running, name).orElseThrow(() -> none(scope, running, name));
    }

    private RuntimeException none(ServerScope scope, Map<? extends DeclaredServer, FakeServer> running, String name) {
        if (scope.ofLaterTests().stream()
                .anyMatch(one -> name.isEmpty() || one.name().equals(name))) {
            return tooEarly(scope);
        }
        FrameworkWords words = framework.words();
        return error(
                running.isEmpty()
                        ? "found no server; put @SocketServer on it, on the " + words.method() + ", on the "
                                + words.container() + " or on a field"
                        : ServerGroup.unknown(running.keySet(), name),
                null);
    }

    private RuntimeException tooEarly(ServerScope scope) {
        FrameworkWords words = framework.words();
        return error(
                "its server lives for one " + words.test() + ", and " + scope.whyLater(element)
                        + "; use a server that lives for the whole " + words.container()
                        + ": put @SocketServer on " + words.sharedField(),
                null);
    }

    /**
     * Returns the exception for an element that cannot get a value.
     *
     * @param message what was found, and what is allowed; the annotation and the element are added before it
     * @param cause the cause, or null
     * @return the framework's exception
     */
    public RuntimeException error(String message, @Nullable Throwable cause) {
        return framework.error(subject() + ": " + message, cause);
    }

    private String subject() {
        return picked.map(name -> "@FromServer(\"" + name + "\") on " + element.place())
                .or(() -> own.map(ServerDeclaration::subject))
                .orElse(element.place());
    }
}
