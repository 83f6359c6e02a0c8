package io.socketharness.spock;

import io.socketharness.FakeServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What specifications have shown to the test that ran them: their servers, and the methods that ran. */
final class Seen {

    static final List<FakeServer> SERVERS = new CopyOnWriteArrayList<>();
    static final List<String> METHODS = new CopyOnWriteArrayList<>();

    private Seen() {}
}
