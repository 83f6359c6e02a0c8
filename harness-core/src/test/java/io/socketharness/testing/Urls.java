package io.socketharness.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** URLs of servers over each transport, for tests that are the same for several. */
public final class Urls {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Urls() {}

    public static Stream<String> all() {
        return Stream.concat(inClear(), Stream.of("tls:", "dtls:"));
    }

    /** Where no handshake comes first, which is a wait of its own. */
    public static Stream<String> inClear() {
        return Stream.concat(streamsInClear(), Stream.of("udp:", "udg:"));
    }

    public static Stream<String> streams() {
        return Stream.concat(streamsInClear(), Stream.of("tls:"));
    }

    public static Stream<String> streamsInClear() {
        return Stream.of("tcp:", "unix:", "unix:@socket-harness-" + NAMES.incrementAndGet() + "-" + System.nanoTime());
    }
}
