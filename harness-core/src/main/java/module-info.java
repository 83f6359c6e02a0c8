/**
 * Fake network servers for JVM tests: script, run, verify.
 *
 * <p>{@link io.socketharness.FakeServer} is the place to begin. A server does what a {@link io.socketharness.script.Script}
 * says, everything is kept in a {@link io.socketharness.recording.Recording}, and
 * {@link io.socketharness.FakeServer#verify() verify()} fails the test when the server's side has failed.
 */
module io.socketharness.core {
    requires jdk.net;
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.assertj.core;
    requires static org.newsclub.net.unix;

    exports io.socketharness;
    exports io.socketharness.network;
    exports io.socketharness.script;
    exports io.socketharness.recording;
    exports io.socketharness.tls;
    exports io.socketharness.assertj;
    exports io.socketharness.spi;
    exports io.socketharness.sweep;
}
