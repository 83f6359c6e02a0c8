package io.socketharness.internal.script.engine;

import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a script needs from its server, found in its steps and in those of their blocks. */
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

    /** Why it cannot run where TLS is spoken from the first byte: a handshake step that is not the first step. */
    public static Optional<String> tooLateForTls(Script script) {
        Step step = beginsWithTls(script) ? null : firstTlsStep(script);
        if (step == null) {
            return Optional.empty();
        }
        String line = step.lines().get(0);
        return Optional.of(
                step.beginsTlsLater()
                        ? line
                                + " cannot begin TLS: the connection is encrypted from its first byte; use the transport tcp"
                        : line + " must be the first step: the connection is encrypted before any other step; for a"
                                + " protocol that begins in clear, use the transport tcp");
    }

    /** Whether TLS can begin in it: in a TLS step, or in user code. */
    public static boolean mayBeginTls(Script script) {
        return firstTlsStep(script) != null || !collect(script, new ArrayList<>());
    }

    private static @Nullable Step firstTlsStep(Script script) {
        for (Behaviour behaviour : script.steps()) {
            if (behaviour instanceof Step step && (step instanceof TlsStep || step.beginsTlsLater())) {
                return step;
            }
            if (behaviour instanceof Step step) {
                for (Script block : step.blocks()) {
                    Step inner = firstTlsStep(block);
                    if (inner != null) {
                        return inner;
                    }
                }
            }
        }
        return null;
    }

    /** The step that sends before any step receives a message; empty if a message or user code comes first. */
    public static Optional<String> sendsFirst(Script script) {
        List<Behaviour> steps = new ArrayList<>();
        unroll(script, steps);
        for (Behaviour behaviour : steps) {
            if (behaviour instanceof Step step && step.obligation() == Obligation.SENDS) {
                return Optional.of(step.lines().get(0));
            }
            boolean isSilent = behaviour instanceof Step step
                    && step.obligation() == Obligation.NONE
                    && step.blocks().isEmpty();
            if (!isSilent) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Adds the steps in the order in which they run. Blocks that begin with a message stay as they are. */
    private static void unroll(Script script, List<Behaviour> steps) {
        for (Behaviour behaviour : script.steps()) {
            if (behaviour instanceof Repeat repeat) {
                unroll(repeat.body(), steps);
            } else if (behaviour instanceof Forever forever) {
                unroll(forever.body(), steps);
            } else {
                steps.add(behaviour);
            }
        }
    }

    /** Why datagrams do not support it: the first step that needs a stream. */
    public static Optional<String> streamOnly(Script script) {
        return reason(script, Need.STREAM);
    }

    /** Why Unix sockets do not support it: the first step that needs TCP. */
    public static Optional<String> tcpOnly(Script script) {
        return reason(script, Need.TCP);
    }

    /** Why only UDP supports it: the first step that needs UDP. */
    public static Optional<String> udpOnly(Script script) {
        return reason(script, Need.UDP);
    }

    /** Why streams do not support it: the first step that needs datagrams. */
    public static Optional<String> datagramsOnly(Script script) {
        return reason(script, Need.DATAGRAMS);
    }

    /** Uses loops and a switch: every server with a script comes here, and lambdas are slow in a new JVM. */
    private enum Need {
        STREAM("a stream"),
        TCP("TCP"),
        UDP("UDP"),
        DATAGRAMS("datagrams");

        private final String words;

        Need(String words) {
            this.words = words;
        }

        Optional<String> of(Step step) {
            return switch (this) {
                case STREAM -> step.streamOnly();
                case TCP -> step.tcpOnly();
                case UDP -> step.udpOnly();
                case DATAGRAMS -> step.datagramsOnly();
            };
        }
    }

    private static Optional<String> reason(Script script, Need need) {
        for (Behaviour behaviour : script.steps()) {
            if (behaviour instanceof Step step) {
                Optional<String> because = need.of(step);
                if (because.isPresent()) {
                    return Optional.of(step.lines().get(0) + " needs " + need.words + ": " + because.get());
                }
                for (Script block : step.blocks()) {
                    Optional<String> inner = reason(block, need);
                    if (inner.isPresent()) {
                        return inner;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The network conditions of its steps. */
    public static List<NetworkCondition> network(Script script) {
        List<NetworkCondition> conditions = List.of();
        for (Behaviour behaviour : script.steps()) {
            if (behaviour instanceof NetworkSetting setting) {
                conditions = plus(conditions, setting.conditions());
            } else if (behaviour instanceof Step step) {
                for (Script block : step.blocks()) {
                    conditions = plus(conditions, network(block));
                }
            }
        }
        return conditions;
    }

    private static List<NetworkCondition> plus(List<NetworkCondition> some, List<NetworkCondition> others) {
        if (others.isEmpty()) {
            return some;
        }
        List<NetworkCondition> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /**
     * The variables that a connection must have: those that the text refers to and the script does not set. None if
     * user code may set any.
     */
    public static Set<String> variables(Script script) {
        List<Step> all = new ArrayList<>();
        if (!collect(script, all)) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        for (Step step : all) {
            names.addAll(step.refersTo());
        }
        for (Step step : all) {
            names.removeAll(step.sets());
        }
        return names;
    }

    /** Adds all steps, including those of blocks; false if one is user code. */
    private static boolean collect(Script script, List<Step> all) {
        for (Behaviour behaviour : script.steps()) {
            if (!(behaviour instanceof Step step)) {
                return false;
            }
            all.add(step);
            for (Script block : step.blocks()) {
                if (!collect(block, all)) {
                    return false;
                }
            }
        }
        return true;
    }
}
