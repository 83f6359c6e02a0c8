package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.spi.Injection;
import io.socketharness.spi.ServerGroup;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;

/** Chooses the server that a parameter or field gets, and makes of it what its type asks for. */
final class Selection {

    private final Scope scope;
    private final AnnotatedElement element;
    private final Class<?> type;
    private final Optional<FromServer> from;
    private final Optional<Declaration> own;

    Selection(Scope scope, AnnotatedElement element, Class<?> type) {
        this.scope = scope;
        this.element = element;
        this.type = type;
        this.from = AnnotationSupport.findAnnotation(element, FromServer.class);
        this.own = Declarations.of(element);
    }

    Object value() {
        if (from.isPresent() && own.isPresent()) {
            throw wrong("found @SocketServer and @FromServer; one of them is allowed");
        }
        try {
            Injection.check(type);
            return Injection.value(server(), type);
        } catch (IllegalArgumentException | UnsupportedOperationException wrong) {
            throw wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private FakeServer server() {
        Map<Source, FakeServer> running = scope.running();
        if (own.isPresent()) {
            FakeServer server = running.get(own.get());
            if (server == null) {
                throw tooEarly();
            }
            return server;
        }
        String name = from.map(FromServer::value).orElse("");
        return ServerGroup.pick(running, name).orElseThrow(() -> none(running, name));
    }

    private ExtensionConfigurationException none(Map<Source, FakeServer> running, String name) {
        if (!scope.isTest()
                && scope.ofTest().stream()
                        .anyMatch(one -> name.isEmpty() || one.name().equals(name))) {
            return tooEarly();
        }
        return running.isEmpty()
                ? wrong("found no server; put @SocketServer on it, on the method, on the class or on a field")
                : wrong(ServerGroup.unknown(running.keySet(), name));
    }

    private ExtensionConfigurationException tooEarly() {
        boolean old = element instanceof Parameter parameter
                && parameter.getDeclaringExecutable() instanceof Constructor
                && scope.lifecycle().equals(Optional.of(Lifecycle.PER_METHOD));
        return wrong("its server lives for one test, and "
                + (old ? "before JUnit 5.12 a constructor belongs to none" : "none has begun here")
                + "; allowed is a server that lives for the whole class: put @SocketServer on a static field");
    }

    private ExtensionConfigurationException wrong(String what) {
        return new ExtensionConfigurationException(subject() + ": " + what);
    }

    private String subject() {
        String where = Elements.describe(element);
        return from.map(picked -> "@FromServer(\"" + picked.value() + "\") on " + where)
                .or(() -> own.map(Declaration::toString))
                .orElse(where);
    }
}
