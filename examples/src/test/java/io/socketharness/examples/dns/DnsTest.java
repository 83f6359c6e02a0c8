package io.socketharness.examples.dns;

import static io.socketharness.script.Behaviours.stall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** DNS over UDP: dnsjava asks a server whose answers are made by code, and one that never answers. */
class DnsTest {

    @Test
    @SocketServer(transport = "udp", behaviour = OneAddress.class)
    void resolvesAName(InetSocketAddress dns) throws Exception {
        Message answer = new SimpleResolver(dns).send(query("www.example.test."));

        assertThat(answer.getSection(Section.ANSWER))
                .singleElement()
                .isInstanceOfSatisfying(
                        ARecord.class,
                        a -> assertThat(a.getAddress().getHostAddress()).isEqualTo("192.0.2.1"));
    }

    @Test
    void givesUpWhenNoAnswerComes(@SocketServer(transport = "udp") FakeServer dns) {
        dns.enqueue(stall());
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTimeout(Duration.ofSeconds(1));

        assertThatThrownBy(() -> resolver.send(query("www.example.test.")))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "(?s).*[Tt]imed out.*"); // dnsjava's resolver or its socket says it, whichever is first
    }

    private static Message query(String name) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
    }
}
