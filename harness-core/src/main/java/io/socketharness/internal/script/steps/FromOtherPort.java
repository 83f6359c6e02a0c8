package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Blocks;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Setting;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.List;
import java.util.Optional;

/** Sends from another port. */
public record FromOtherPort(Script body) implements Step {

    public FromOtherPort {
        Blocks.requireOnly(body, FromOtherPort::allows, FromOtherPort::notAllowed);
        if (body.steps().stream().noneMatch(Sends::contains)) {
            throw new IllegalArgumentException("@other-port contains no send; at least one is needed");
        }
    }

    /** Whether the block can contain a step. */
    public static boolean allows(Behaviour step) {
        return Sends.contains(step) || step instanceof Setting;
    }

    /** For the first line of a step. */
    public static IllegalArgumentException notAllowed(String line) {
        return new IllegalArgumentException("@other-port contains \"" + line
                + "\"; only sends and settings for them are allowed in it: S: S< S! @send @charset @drip @within");
    }

    @Override
    public void run(Connection connection) throws Exception {
        connection.fromOtherPort(body);
    }

    @Override
    public Obligation obligation() {
        return Obligation.SENDS;
    }

    @Override
    public Optional<String> udpOnly() {
        return Optional.of("over other transports an answer cannot come from another port");
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@other-port", body);
    }
}
