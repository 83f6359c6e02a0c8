package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Blocks;
import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Setting;
import io.socketharness.internal.script.engine.Settings;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.util.List;
import java.util.Optional;

/** Sends the messages of a block as one write. */
public record Batch(Script body) implements Step {

    public Batch {
        Blocks.requireSteps("batch", body);
        Blocks.requireOnly(body, Batch::allows, Batch::notAllowed);
        if (body.steps().stream().allMatch(step -> step instanceof Setting)) {
            throw new IllegalArgumentException("batch contains only settings; a step that sends is needed");
        }
    }

    /** Whether a batch can contain a step. */
    public static boolean allows(Behaviour step) {
        return Sends.contains(step) || step instanceof Setting setting && changesMessages(setting);
    }

    /** The others are about time. */
    private static boolean changesMessages(Setting setting) {
        Settings changed = setting.change().apply(Settings.INITIAL);
        return changed.drip() == null && changed.within() == null;
    }

    /** For the first line of a step. */
    public static IllegalArgumentException notAllowed(String line) {
        return new IllegalArgumentException("batch contains \"" + line
                + "\"; only sends are allowed (S: S< S! @send), and @eol, @charset and @frame for them");
    }

    @Override
    public void run(Connection connection) {
        connection.batch(() -> send(connection));
    }

    private void send(Connection connection) {
        try {
            body.run(connection);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception checked) {
            throw new IllegalStateException("a step that sends threw a checked exception", checked);
        }
    }

    @Override
    public Obligation obligation() {
        return Obligation.SENDS;
    }

    @Override
    public Optional<String> streamOnly() {
        return Optional.of("each message is a separate datagram");
    }

    @Override
    public List<Script> blocks() {
        return List.of(body);
    }

    @Override
    public List<String> lines() {
        return TextForm.block("@batch", body);
    }
}
