package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.spi.Injection;
import io.socketharness.spi.ServerGroup;
import java.util.Map;
import java.util.Optional;
import org.spockframework.runtime.extension.ExtensionException;

/** Chooses the server that a parameter or field gets, and makes of it what its type asks for. */
final class Selection {

    private final Scope scope;
    private final Element element;
    private final Class<?> type;
    private final Optional<FromServer> from;
    private final Optional<Declaration> own;

    Selection(Scope scope, Element element, Class<?> type) {
        this.scope = scope;
        this.element = element;
        // What has no type in Groovy.
        this.type = type == Object.class ? FakeServer.class : type;
        this.from = element.declared(FromServer.class).stream().findFirst();
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
        Map<Declaration, FakeServer> running = scope.running();
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

    private ExtensionException none(Map<Declaration, FakeServer> running, String name) {
        if (scope.tooEarly().stream()
                .anyMatch(one -> name.isEmpty() || one.name().equals(name))) {
            return tooEarly();
        }
        return running.isEmpty()
                ? wrong("found no server; put @SocketServer on it, on the feature, on the specification or on a field")
                : wrong(ServerGroup.unknown(running.keySet(), name));
    }

    private ExtensionException tooEarly() {
        return wrong(
                "its server lives for one iteration, and there is none here; allowed is a server that lives for the"
                        + " whole specification: put @SocketServer on a @Shared field");
    }

    ExtensionException wrong(String what) {
        return new ExtensionException(subject() + ": " + what);
    }

    private String subject() {
        return from.map(picked -> "@FromServer(\"" + picked.value() + "\") on " + element.place())
                .or(() -> own.map(Declaration::toString))
                .orElse(element.place());
    }
}
