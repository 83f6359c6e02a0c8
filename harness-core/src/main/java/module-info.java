/** Fake network servers for JVM tests: script, run, verify. */
module io.socketharness.core {
    requires jdk.net;
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires static org.assertj.core;
    requires static org.newsclub.net.unix;

    exports io.socketharness;
    exports io.socketharness.script;
    exports io.socketharness.recording;
    exports io.socketharness.tls;
    exports io.socketharness.assertj;
}
