package io.socketharness.spock;

import io.socketharness.FakeServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The servers that specifications have shown to the test that ran them. */
final class Seen {

    static final List<FakeServer> SERVERS = new CopyOnWriteArrayList<>();

    private Seen() {}
}
