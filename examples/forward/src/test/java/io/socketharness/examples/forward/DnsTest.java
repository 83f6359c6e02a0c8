package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A real DNS server, with dnsjava over UDP and TCP. */
@Timeout(120)
class DnsTest {

    @RegisterExtension
    static final RealServer DNS = Dnsmasq.server();

    // tag::udp[]
    @Test
    @SocketServer(transport = "udp", forwardTo = "udp://127.0.0.1:${dns.port}")
    void resolvesOverUdp(FakeServer server) throws Exception {
        assertThat(resolve(new SimpleResolver(server.address()))).isEqualTo("192.0.2.1");

        assertThat(server).connection(0).receivedContaining("\3www\7example\4test\0");
    }
    // end::udp[]

    @Test
    @SocketServer(transport = "tcp", script = """
            @frame length 2
            @forward tcp://127.0.0.1:${dns.port}
            """)
    void resolvesOverTcp(FakeServer server) throws Exception {
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTCP(true);

        assertThat(resolve(resolver)).isEqualTo("192.0.2.1");

        assertThat(server).connection(0).receivedContaining("\3www\7example\4test\0");
    }

    // tag::lost[]
    @Test
    @SocketServer(transport = "udp", forwardTo = "udp://127.0.0.1:${dns.port}")
    void givesUpWhenTheAnswerIsLost(FakeServer server) {
        server.network(dropDatagrams(1).toClient());
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTimeout(Duration.ofSeconds(1));

        assertThatThrownBy(() -> resolve(resolver)).isInstanceOf(IOException.class);
    }
    // end::lost[]

    private static String resolve(SimpleResolver resolver) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString("www.example.test."), Type.A, DClass.IN));
        return resolver.send(query).getSection(Section.ANSWER).get(0).rdataToString();
    }
}
