package io.socketharness.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the verbs, which need the streams and the command of the client. */
final class Commands implements IFactory {

    private final Console console;
    private final Client client;

    Commands(Console console, Client client) {
        this.console = console;
        this.client = client;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (Verb.class.isAssignableFrom(type)) {
            Constructor<K> constructor = type.getDeclaredConstructor(Console.class, Client.class);
            return constructor.newInstance(console, client);
        }
        if (type.getName().startsWith("io.socketharness.")) {
            Constructor<K> constructor = type.getDeclaredConstructor();
            return constructor.newInstance();
        }
        return CommandLine.defaultFactory().create(type);
    }
}
