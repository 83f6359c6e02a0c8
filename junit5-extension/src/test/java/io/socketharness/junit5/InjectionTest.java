package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

class InjectionTest {

    @Test
    void whereOneServerAppliesParametersNeedNoAnnotation() {
        Run.of(OneServer.class).passed(2);
    }

    @SocketServer(transport = "udp")
    static class OneServer {
        private Recording before;

        @BeforeEach
        void before(Recording recording, URI uri) {
            before = recording;
            assertThat(uri.getScheme()).isEqualTo("udp");
        }

        @Test
        void all(
                FakeServer server,
                Recording recording,
                InetSocketAddress address,
                SocketAddress socketAddress,
                URI uri,
                TestInfo notOurs) {
            assertThat(recording).isSameAs(server.recording()).isSameAs(before);
            assertThat(address).isEqualTo(server.address());
            assertThat(socketAddress).isEqualTo(server.address());
            assertThat(uri).isEqualTo(server.uri());
            assertThat(notOurs.getTestMethod()).isPresent();
        }

        @Test
        void annotated(@FromServer int port, @FromServer Integer boxed, @FromServer String host, FakeServer server) {
            assertThat(port).isEqualTo(server.port()).isEqualTo(boxed);
            assertThat(host).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void anAnnotatedParameterAppliesToTheOthersOfItsMethodWhereverItStands() {
        Run.of(OnAParameter.class).passed(1);
    }

    static class OnAParameter {
        @Test
        void last(Recording recording, InetSocketAddress address, @SocketServer FakeServer server) {
            assertThat(recording).isSameAs(server.recording());
            assertThat(address).isEqualTo(server.address());
        }
    }

    @Test
    void anAnnotatedElementMayBeOfAnyTypeThatIsInjected() {
        Run.of(Types.class).passed(1);
    }

    static class Types {
        @SocketServer
        static URI shared;

        @SocketServer(host = "127.0.0.2")
        String host;

        @FromServer("shared")
        static int sharedPort;

        @Test
        void all(
                @SocketServer(transport = "udp") int port,
                @FromServer("port") FakeServer udp,
                @FromServer("host") FakeServer named) {
            assertThat(port).isEqualTo(udp.port());
            assertThat(host).isEqualTo("127.0.0.2").isEqualTo(named.host());
            assertThat(sharedPort).isEqualTo(shared.getPort());
        }
    }

    @Test
    void fromServerPicksOneOfSeveralByNameForParametersAndFields() {
        Run.of(Several.class).passed(1);
    }

    @SocketServer(name = "primary")
    @SocketServer(name = "replica")
    static class Several {
        @FromServer("primary")
        FakeServer primary;

        @FromServer("replica")
        private InetSocketAddress replica;

        @Test
        void each(@FromServer("replica") int port, @FromServer("primary") Recording recording) {
            assertThat(replica.getPort()).isEqualTo(port).isNotEqualTo(primary.port());
            assertThat(recording).isSameAs(primary.recording());
        }
    }

    @Test
    void typesOfOthersAreLeftToOthers() {
        Run.of(WithOthers.class).passed(2);
    }

    @ExtendWith(Others.class)
    static class WithOthers {
        @Test
        void withoutAServer(@SuppressWarnings("unused") @SocketServer(name = "x") FakeServer server, Integer number) {
            assertThat(number).isEqualTo(42);
        }

        @Test
        void anAddressWhereNoServerApplies(URI uri) {
            assertThat(uri).hasHost("example.com");
        }
    }

    static class Others implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == Integer.class || type == URI.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Integer.class ? 42 : URI.create("http://example.com");
        }
    }
}
