package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code stream_socket_accept} says when nobody comes, and what {@code accept()} does. */
@Timeout(60)
class NobodyComesTest {

    @Test
    void acceptSaysWhatItHasWaitedFor(@SocketServer(timeout = "100ms") FakeServer ours) throws Exception {
        assertThat(Php.eval("""
                $server = stream_socket_server('tcp://127.0.0.1:0');
                var_dump(@stream_socket_accept($server, 0.1));
                echo error_get_last()['message'];
                """)).isEqualTo("bool(false)\nstream_socket_accept(): Accept failed: Connection timed out");

        assertThatThrownBy(ours::accept)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        ours.uri() + " [NobodyComesTest.ours]: waited for a client to connect, for 100 ms");
    }
}
