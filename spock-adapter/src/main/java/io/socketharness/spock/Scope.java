package io.socketharness.spock;

import io.socketharness.FakeServer;
import io.socketharness.spi.ServerDeclaration;
import io.socketharness.spi.ServerScope;
import io.socketharness.spi.TestElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.SpecInfo;

/**
 * A scope in a run of a specification, and its servers: in an iteration, its own and those of the specification;
 * elsewhere, only those of the specification.
 */
record Scope(SpecInfo spec, Optional<Servers> ofSpec, Optional<Servers> ofIteration) implements ServerScope {

    static Scope of(IMethodInvocation invocation) {
        return new Scope(
                invocation.getSpec().getBottomSpec(),
                Servers.existing(Servers.Of.SPEC, invocation),
                Servers.existing(Servers.Of.ITERATION, invocation));
    }

    @Override
    public Map<ServerDeclaration, FakeServer> running() {
        Map<ServerDeclaration, FakeServer> all = new LinkedHashMap<>();
        ofSpec.ifPresent(servers -> all.putAll(servers.running()));
        ofIteration.ifPresent(servers -> all.putAll(servers.running()));
        return all;
    }

    @Override
    public List<ServerDeclaration> ofLaterTests() {
        return ofIteration.isPresent() ? List.of() : Declarations.ofAnyIteration(spec);
    }

    @Override
    public String whyLater(TestElement element) {
        return "no feature has begun here";
    }
}
