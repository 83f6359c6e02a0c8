package io.socketharness.examples.unix;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.FromServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Recording;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A syslog daemon is a Unix socket of datagrams: one a line. */
class SyslogTest {

    // tag::syslog[]
    @Test
    @SocketServer(transport = "udg", umask = "0117")
    void shipsALine(@FromServer Path daemon, Recording received) throws Exception {
        try (Syslog log = new Syslog(daemon, "shop")) {
            log.notice("order 7 was paid");
        }

        assertThat(received).received("<13>shop: order 7 was paid");
    }

    @Test
    @SocketServer(transport = "udg", umask = "0")
    void refusesASocketThatAnybodyMayWriteTo(@FromServer Path daemon, Recording received) {
        assertThatThrownBy(() -> new Syslog(daemon, "shop"))
                .isInstanceOf(IOException.class)
                .hasMessage(daemon + " may be written by anybody: rwxrwxrwx");

        assertThat(received).hasConnections(0);
    }
    // end::syslog[]

    @Test
    void loggerShipsALineToo(@SocketServer(transport = "udg") FakeServer daemon) throws Exception {
        String nothing = Program.run(
                "", "logger", "--socket", daemon.path().toString(), "-p", "user.notice", "-t", "shop", "order 8");

        assertThat(daemon).receivedMatching("<13>.* shop: order 8");
        org.assertj.core.api.Assertions.assertThat(nothing).isEmpty();
    }
}
