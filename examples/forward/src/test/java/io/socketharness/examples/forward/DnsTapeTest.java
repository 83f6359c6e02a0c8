package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Tapes of a DNS server, with dnsjava over UDP and TCP. */
class DnsTapeTest extends TapeContract {

    @RegisterExtension
    static final RealServer DNS = Dnsmasq.server();

    // tag::mask[]
    /** Each query has a random identifier, which the answer repeats: the first two bytes of a datagram. */
    private static final String UDP_ID = "(?s)\\A(?<id>..)";

    /** Over TCP it follows the length, on two bytes. */
    private static final String TCP_ID = "(?s)\\A..(?<id>..)";
    // end::mask[]

    @Override
    Stream<Client> clients() {
        List<String> report = List.of("expected  …00 00 01 05 68 65 6c 6c 6f", "received  …00 00 01 05 68 65 6c 6c 70");
        return Stream.of(
                new Client(
                        "dnsjava over UDP",
                        "udp",
                        List.of(UDP_ID),
                        report,
                        (server, word) -> resolve(server, word, false)),
                new Client(
                        "dnsjava over TCP",
                        "tcp",
                        List.of(TCP_ID),
                        report,
                        (server, word) -> resolve(server, word, true)));
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        return Behaviours.forwardTo(transport + "://127.0.0.1:" + DNS.port());
    }

    @Override
    void stopRealServer() throws Exception {
        DNS.stop();
    }

    private static void resolve(FakeServer server, String word, boolean tcp) throws IOException {
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTCP(tcp);
        resolver.setTimeout(Duration.ofSeconds(5));
        Name name = Name.fromString(word + ".example.test.");
        Message query = Message.newQuery(Record.newRecord(name, Type.A, DClass.IN));

        Message answer = resolver.send(query);

        assertThat(answer.getSection(Section.ANSWER).get(0).rdataToString()).isEqualTo("192.0.2.1");
    }
}
