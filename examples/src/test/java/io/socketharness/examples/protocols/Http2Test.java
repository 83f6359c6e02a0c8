package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** HTTP/2, with a framing whose length leaves out a part of the header: curl. */
class Http2Test {

    @Test
    @SocketServer(scriptResource = "/scripts/http2.script")
    void curlReadsAPage(FakeServer server) throws Exception {
        String url = "http://" + server.host() + ":" + server.port() + "/page";

        assertThat(Curl.run("--http2-prior-knowledge", "--write-out", " over HTTP/%{http_version}", url))
                .isEqualTo("hello over HTTP/2");

        assertThat(server).hasConnections(1);
    }
}
