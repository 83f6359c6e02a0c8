package io.socketharness.examples.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snmp4j.CommunityTarget;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** SNMP: SNMP4J. */
class SnmpTest {

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/snmp.script")
    void snmp4jReadsTheNameOfTheSystem(FakeServer agent) throws Exception {
        PDU answer = ask(agent, 0).getResponse();

        assertThat(answer.get(0).getVariable()).hasToString("router");
    }

    @Test
    @SocketServer(transport = "udp", script = """
            @receive first
            C! ${first}
            """)
    void snmp4jAsksTheSameAgainAndGivesUp(FakeServer agent) throws Exception {
        assertThat(ask(agent, 1).getResponse()).isNull();
    }

    private static ResponseEvent<UdpAddress> ask(FakeServer agent, int retries) throws Exception {
        CommunityTarget<UdpAddress> target =
                new CommunityTarget<>(new UdpAddress(agent.host() + "/" + agent.port()), new OctetString("public"));
        target.setVersion(SnmpConstants.version2c);
        target.setTimeout(retries == 0 ? 5_000 : 300);
        target.setRetries(retries);
        PDU get = new PDU(PDU.GET, List.of(new VariableBinding(new OID("1.3.6.1.2.1.1.5.0"))));
        try (Snmp snmp = new Snmp(new DefaultUdpTransportMapping())) {
            snmp.listen();
            return snmp.send(get, target);
        }
    }
}
