package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** DNS: dnsjava and Netty. Over UDP the answer does not fit, so they come by TCP. */
class DnsTest {

    /** An answer with another address, from another port, and then the answer. */
    private static final String FORGED_THEN_REAL = """
            C! [2 id] [10] 01 "a" 04 "test" 00 [*]
            @other-port
            S! ${id} 8180 0001 0001 0000 0000 01 "a" 04 "test" 00 0001 0001 c00c 0001 0001 0000003c 0004 c6336409
            @end
            S! ${id} 8180 0001 0001 0000 0000 01 "a" 04 "test" 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000201
            """;

    // tag::ports[]
    @Test
    void dnsjavaRepeatsTheQueryOverTcp() throws Exception {
        try (FakeServer tcp = FakeServer.start("tcp:", script("/scripts/dns-tcp.script"));
                FakeServer udp =
                        FakeServer.start("udp://127.0.0.1:" + tcp.port(), script("/scripts/dns-truncated.script"))) {
            Message answer = new SimpleResolver(udp.address()).send(query("www.example.test."));

            assertThat(answer.getSection(Section.ANSWER))
                    .singleElement()
                    .asString()
                    .endsWith("192.0.2.1");
            assertThat(udp).hasConnections(1);
            assertThat(tcp).hasConnections(1);
            udp.verify();
            tcp.verify();
        }
    }
    // end::ports[]

    @Test
    void nettyAsksAgainOverTcp() throws Exception {
        try (FakeServer tcp = FakeServer.start("tcp:", script("/scripts/dns-tcp.script"));
                FakeServer udp =
                        FakeServer.start("udp://127.0.0.1:" + tcp.port(), script("/scripts/dns-truncated.script"))) {
            assertThat(netty(udp, "www.example.test").getHostAddress()).isEqualTo("192.0.2.1");

            udp.verify();
            tcp.verify();
        }
    }

    // tag::idle[]
    @Test
    @SocketServer(scriptResource = "/scripts/dns-tcp-idle.script")
    void dnsjavaConnectsAgainAfterAnIdleClose(FakeServer dns) throws Exception {
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTCP(true);
        assertThat(resolver.send(query("www.example.test.")).getSection(Section.ANSWER))
                .hasSize(1);
        assertThat(dns).connection(0).closedByClient(); // the client has seen the server's close

        assertThat(resolver.send(query("www.example.test.")).getSection(Section.ANSWER))
                .hasSize(1);

        assertThat(dns).hasConnections(2);
    }
    // end::idle[]

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/dns-no-such-name.script")
    void dnsjavaTellsThatThereIsNoSuchName(FakeServer dns) throws Exception {
        Message answer = new SimpleResolver(dns.address()).send(query("nowhere.test."));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/dns-no-such-name.script")
    void nettyTellsThatThereIsNoSuchName(FakeServer dns) {
        assertThatThrownBy(() -> netty(dns, "nowhere.test"))
                .isInstanceOf(UnknownHostException.class)
                .hasStackTraceContaining("NXDOMAIN");
    }

    @Test
    @SocketServer(transport = "udp", script = FORGED_THEN_REAL)
    void dnsjavaIgnoresAnAnswerFromAnotherPort(FakeServer dns) throws Exception {
        Message answer = new SimpleResolver(dns.address()).send(query("a.test."));

        assertThat(answer.getSection(Section.ANSWER)).singleElement().asString().endsWith("192.0.2.1");
    }

    @Test
    @SocketServer(transport = "udp", script = FORGED_THEN_REAL)
    void nettyIgnoresAnAnswerFromAnotherPort(FakeServer dns) throws Exception {
        assertThat(netty(dns, "a.test").getHostAddress()).isEqualTo("192.0.2.1");
    }

    @Test
    @SocketServer(transport = "udp", script = """
            C! [2 first] [10] 01 "a" 04 "test" 00 [*]
            C! [2 second] [10] 01 "b" 04 "test" 00 [*]
            # the answer to no query, then those to both, in the other order
            S! 0000 8180 0001 0001 0000 0000 01 "a" 04 "test" 00 0001 0001 c00c 0001 0001 0000003c 0004 c6336409
            S! ${second} 8180 0001 0001 0000 0000 01 "b" 04 "test" 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000202
            S! ${first} 8180 0001 0001 0000 0000 01 "a" 04 "test" 00 0001 0001 c00c 0001 0001 0000003c 0004 c0000201
            """)
    void nettyMatchesAnswersToItsQueries(FakeServer dns) throws Exception {
        assertThat(netty(dns, "a.test", "b.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(dns).hasConnections(1);
    }

    private static Script script(String name) {
        return Script.resource(DnsTest.class, name);
    }

    private static Message query(String name) throws Exception {
        return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
    }

    private static InetAddress netty(FakeServer dns, String name) throws Exception {
        return netty(dns, new String[] {name}).get(0);
    }

    private static List<InetAddress> netty(FakeServer dns, String... names) throws Exception {
        NioEventLoopGroup threads = new NioEventLoopGroup(1);
        try (DnsNameResolver resolver = new DnsNameResolverBuilder(threads.next())
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(new SingletonDnsServerAddressStreamProvider(dns.address()))
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_ONLY)
                .build()) {
            List<Future<InetAddress>> answers =
                    Stream.of(names).map(resolver::resolve).toList();
            List<InetAddress> addresses = new ArrayList<>();
            for (Future<InetAddress> answer : answers) {
                addresses.add(answer.get());
            }
            return addresses;
        } catch (ExecutionException failed) {
            throw (UnknownHostException) failed.getCause();
        } finally {
            Future<?> unused = threads.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }
}
