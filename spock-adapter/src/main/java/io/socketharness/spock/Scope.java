package io.socketharness.spock;

import io.socketharness.FakeServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.SpecInfo;

/**
 * A place in a run of a specification, and the servers that can be had there: in an iteration, its own and those of the
 * specification; elsewhere those of the specification alone.
 */
record Scope(SpecInfo spec, Optional<Servers> ofSpec, Optional<Servers> ofIteration) {

    static Scope of(IMethodInvocation invocation) {
        return new Scope(
                invocation.getSpec().getBottomSpec(),
                Servers.existing(Servers.Of.SPEC, invocation),
                Servers.existing(Servers.Of.ITERATION, invocation));
    }

    /** All servers that run here. */
    Map<Declaration, FakeServer> running() {
        Map<Declaration, FakeServer> all = new LinkedHashMap<>();
        ofSpec.ifPresent(servers -> all.putAll(servers.running()));
        ofIteration.ifPresent(servers -> all.putAll(servers.running()));
        return all;
    }

    /** The servers that would be here if this were an iteration. */
    List<Declaration> tooEarly() {
        return ofIteration.isPresent() ? List.of() : Declarations.ofAnyIteration(spec);
    }
}
