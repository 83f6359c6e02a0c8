package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.net.ntp.NTPUDPClient;
import org.apache.commons.net.ntp.NtpV3Packet;
import org.apache.commons.net.ntp.TimeInfo;
import org.junit.jupiter.api.Test;

/** NTP: Commons Net. */
class NtpTest {

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/ntp.script")
    void commonsNetReadsTheTime(FakeServer clock) throws Exception {
        TimeInfo time = ask(clock);

        NtpV3Packet answer = time.getMessage();
        assertThat(answer.getTransmitTimeStamp().getDate().toInstant())
                .isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(answer.getStratum()).isEqualTo(1);
        time.computeDetails();
        assertThat(time.getOffset()).isNotNull(); // there is none unless the answer bears the client's own timestamp
        assertThat(clock).hasConnections(1);
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/ntp-kiss.script")
    void commonsNetIsToldToAskLessOften(FakeServer clock) throws Exception {
        assertThat(ask(clock).getMessage().getReferenceIdString()).isEqualTo("RATE");
    }

    private static TimeInfo ask(FakeServer clock) throws Exception {
        try (NTPUDPClient client = new NTPUDPClient()) {
            client.setDefaultTimeout(Duration.ofSeconds(5));
            return client.getTime(InetAddress.getByName(clock.host()), clock.port());
        }
    }
}
