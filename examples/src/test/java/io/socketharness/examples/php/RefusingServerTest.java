package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Row 3, BIND and LISTEN: a stream's port that is bound and does not listen is one that refuses. Here a server can do that
 * for a while, and then listen on the same port again. Over UDP, where PHP takes BIND alone, there is nothing to say.
 */
@Timeout(60)
class RefusingServerTest {

    // tag::refuse[]
    @Test
    void refusesLikeABoundPort(@SocketServer FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("bound.php")) {
            assertThat(Php.connect(php.uri())).isEqualTo("111 Connection refused");

            ours.refuse();
            assertThat(Php.connect(ours.uri())).isEqualTo("111 Connection refused");

            ours.listen();
            assertThat(Php.connect(ours.uri())).isEqualTo("connected");
        }
    }
    // end::refuse[]

    @Test
    void udpHasNoFlags(@SocketServer(transport = "udp") FakeServer ours) throws Exception {
        assertThat(Php.run("report.php", "udp://127.0.0.1:0", ".")).contains("false\n$errno = 0, $errstr = ''");
        assertThat(Php.run("report.php", "udp://127.0.0.1:0", ".", "STREAM_SERVER_BIND"))
                .startsWith("listens at 127.0.0.1:");
        assertThat(Php.connect(ours.uri())).isEqualTo("connected");
    }
}
