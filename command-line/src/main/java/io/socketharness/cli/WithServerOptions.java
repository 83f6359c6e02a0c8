package io.socketharness.cli;

import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Adds the options of a server to a verb. */
final class WithServerOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        ServerArguments.addTo(command);
        return command;
    }
}
