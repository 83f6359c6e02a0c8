package io.socketharness.examples.network;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.duplicateDatagrams;
import static io.socketharness.network.NetworkConditions.loss;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.ConversationMode;
import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snmp4j.CommunityTarget;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Clients that repeat their datagrams: dnsjava and SNMP4J. */
@Timeout(60)
class DatagramRetriesTest {

    private static final int RETRIES = 2;

    // tag::dns[]
    @Test // dnsjava sends each query from a new port: in one conversation, the numbers continue
    @SocketServer(
            transport = "udp",
            conversation = ConversationMode.ONE,
            scriptResource = "/scripts/dns-no-such-name.script")
    void dnsjavaRepeatsALostQuery(FakeServer dns) throws Exception {
        dns.network(dropDatagrams(1, 2).toServer());

        assertThat(query(dns).getRcode()).isEqualTo(Rcode.NXDOMAIN);

        assertThat(lost(dns)).isEqualTo(2);
    }
    // end::dns[]

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 0", "14, 1"})
    void dnsjavaGetsAnAnswerThroughLimitedLoss(long seed, long lost) throws Exception {
        ServerSpec spec = ServerSpec.builder("udp")
                .conversation(ConversationMode.ONE)
                .network(loss(0.7).burst(2).toServer())
                .seed(seed)
                .build();
        try (FakeServer dns = FakeServer.start(spec, Script.resource(getClass(), "/scripts/dns-no-such-name.script"))) {
            assertThat(query(dns).getRcode()).isEqualTo(Rcode.NXDOMAIN); // its third query arrives
            assertThat(lost(dns)).isEqualTo(lost);
            dns.verify();
        }
    }

    // tag::snmp[]
    @Test // SNMP4J repeats a request from the same port
    @SocketServer(transport = "udp", scriptResource = "/scripts/snmp.script")
    void snmp4jRepeatsALostRequest(FakeServer agent) throws Exception {
        agent.network(dropDatagrams(1, 2).toServer());

        assertThat(nameOfSystem(agent)).isEqualTo("router");

        assertThat(lost(agent)).isEqualTo(2);
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/snmp.script")
    void snmp4jRepeatsARequestWhoseAnswerIsLost(FakeServer agent) throws Exception {
        agent.network(dropDatagrams(1).toClient());

        assertThat(nameOfSystem(agent)).isEqualTo("router");

        assertThat(agent.recording().awaitExchange(0).receivedDatagrams()).hasSize(2);
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/snmp.script")
    void snmp4jTakesTheFirstOfTwoAnswers(FakeServer agent) throws Exception {
        agent.network(duplicateDatagrams(1).toClient());

        assertThat(nameOfSystem(agent)).isEqualTo("router");
    }
    // end::snmp[]

    @Test
    @SocketServer(transport = "udp", optional = true, scriptResource = "/scripts/snmp.script")
    void snmp4jGivesUp(FakeServer agent) throws Exception {
        agent.network(loss(1).toServer());

        assertThat(nameOfSystem(agent)).isNull();

        assertThat(lost(agent)).isEqualTo(1 + RETRIES);
    }

    /** The client under test: at most three queries, each from its own port. */
    private static Message query(FakeServer dns) throws IOException {
        SimpleResolver simple = new SimpleResolver(dns.address());
        simple.setTimeout(Duration.ofMillis(500));
        ExtendedResolver resolver = new ExtendedResolver(new Resolver[] {simple});
        resolver.setRetries(1 + RETRIES);
        return resolver.send(
                Message.newQuery(Record.newRecord(Name.fromString("www.example.test."), Type.A, DClass.IN)));
    }

    /** The client under test: at most three requests, all from the same port. */
    private static @Nullable String nameOfSystem(FakeServer agent) throws IOException {
        CommunityTarget<UdpAddress> target =
                new CommunityTarget<>(new UdpAddress(agent.host() + "/" + agent.port()), new OctetString("public"));
        target.setVersion(SnmpConstants.version2c);
        target.setTimeout(500);
        target.setRetries(RETRIES);
        PDU get = new PDU(PDU.GET, List.of(new VariableBinding(new OID("1.3.6.1.2.1.1.5.0"))));
        try (Snmp snmp = new Snmp(new DefaultUdpTransportMapping())) {
            snmp.listen();
            PDU answer = snmp.send(get, target).getResponse();
            return answer == null ? null : answer.get(0).getVariable().toString();
        }
    }

    private static long lost(FakeServer server) {
        return server.recording().exchanges().stream()
                .flatMap(exchange -> exchange.events().stream())
                .filter(event ->
                        event.kind() == Event.Kind.NETWORK && event.detail().endsWith("(lost)"))
                .count();
    }
}
