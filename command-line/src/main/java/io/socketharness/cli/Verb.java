package io.socketharness.cli;

import java.util.concurrent.Callable;

/** A verb of the program. It returns the exit code. */
abstract class Verb implements Callable<Integer> {

    private final Console console;
    private final Client client;

    Verb(Console console, Client client) {
        this.console = console;
        this.client = client;
    }

    Console console() {
        return console;
    }

    /** The command after {@code --}. */
    Client client() {
        return client;
    }

    /** For a verb that runs no client. */
    void requireNoClient(String verb) {
        if (client.isPresent()) {
            throw new UsageException(
                    verb + " runs no command, and found -- " + client + "; serve, record, replay and sweep run one");
        }
    }
}
