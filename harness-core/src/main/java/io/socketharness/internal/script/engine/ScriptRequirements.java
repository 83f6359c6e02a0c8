package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What a script needs of the server that runs it, found in its steps and in those of their blocks. */
public final class ScriptRequirements {

    private ScriptRequirements() {}

    /** Whether its first step is about TLS, so that over {@code tls} the server leaves the handshake to the script. */
    public static boolean beginsWithTls(Script script) {
        if (script.steps().isEmpty()) {
            return false;
        }
        Behaviour first = script.steps().get(0);
        return first instanceof TlsStep || first instanceof Repeat repeat && beginsWithTls(repeat.body());
    }

    /** Why it cannot run where TLS is spoken from the first byte: a step about a handshake that is not the first one. */
    public static Optional<String> tooLateForTls(Script script) {
        return beginsWithTls(script)
                ? Optional.empty()
                : firstTlsStep(script)
                        .map(step -> step.lines().get(0)
                                + " must be the first step: the connection is encrypted before any other; a"
                                + " protocol that begins in clear has the transport tcp");
    }

    /** Whether TLS can begin in it: in a step about TLS, or in code of the user. */
    public static boolean mayBeginTls(Script script) {
        return firstTlsStep(script).isPresent() || !collect(script, new ArrayList<>());
    }

    private static Optional<Step> firstTlsStep(Script script) {
        for (Behaviour behaviour : script.steps()) {
            if (behaviour instanceof TlsStep step) {
                return Optional.of(step);
            }
            if (behaviour instanceof Step step) {
                Optional<Step> inner = step.blocks().stream()
                        .flatMap(block -> firstTlsStep(block).stream())
                        .findFirst();
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }

    /** Why datagrams cannot do it: the first step that needs a stream. */
    public static Optional<String> streamOnly(Script script) {
        return reason(script, Step::streamOnly, "a stream");
    }

    /** Why Unix sockets cannot do it: the first step that needs TCP. */
    public static Optional<String> tcpOnly(Script script) {
        return reason(script, Step::tcpOnly, "TCP");
    }

    /** Why only UDP can do it: the first step that needs UDP. */
    public static Optional<String> udpOnly(Script script) {
        return reason(script, Step::udpOnly, "UDP");
    }

    /**
     * The variables that a connection must have: those to which the text refers and which the script does not set. None
     * where code of the user may set any.
     */
    public static Set<String> variables(Script script) {
        List<Step> all = new ArrayList<>();
        if (!collect(script, all)) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        all.forEach(step -> names.addAll(step.refersTo()));
        all.forEach(step -> step.sets().forEach(names::remove));
        return names;
    }

    /** Adds all steps, those of blocks too; false if one is code of the user. */
    private static boolean collect(Script script, List<Step> all) {
        for (Behaviour behaviour : script.steps()) {
            if (!(behaviour instanceof Step step)) {
                return false;
            }
            all.add(step);
            if (!step.blocks().stream().allMatch(block -> collect(block, all))) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> reason(Script script, Function<Step, Optional<String>> why, String need) {
        for (Behaviour behaviour : script.steps()) {
            if (behaviour instanceof Step step) {
                Optional<String> reason = why.apply(step)
                        .map(because -> step.lines().get(0) + " needs " + need + ": " + because)
                        .or(() -> step.blocks().stream()
                                .flatMap(block -> reason(block, why, need).stream())
                                .findFirst());
                if (reason.isPresent()) {
                    return reason;
                }
            }
        }
        return Optional.empty();
    }
}
