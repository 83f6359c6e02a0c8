package io.socketharness;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contracts of all transports, with a delay of all data that varies: no test of them may notice. */
class ContractUnderLatencyTest {

    private static final String LATENCY = "?network=latency+5ms+jitter+3ms";
    /** Datagrams with jitter overtake each other. */
    private static final String WITHOUT_JITTER = "?network=latency+5ms";

    @Nested
    class Tcp extends TcpTransportContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    class TcpStream extends TcpStreamContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    class Tls extends TlsTransportContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    class Unix extends UnixTransportContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    class UnixStream extends UnixStreamContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class AbstractName extends AbstractNameTransportContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class AbstractNameStream extends AbstractNameStreamContractTest {
        @Override
        String url() {
            return super.url() + LATENCY;
        }
    }

    @Nested
    class Udp extends UdpTransportContractTest {
        @Override
        String url() {
            return super.url() + WITHOUT_JITTER;
        }
    }

    @Nested
    class UdpDatagram extends UdpDatagramContractTest {
        @Override
        String url() {
            return super.url() + WITHOUT_JITTER;
        }
    }

    @Nested
    class Dtls extends DtlsTransportContractTest {
        @Override
        String url() {
            return super.url() + WITHOUT_JITTER;
        }
    }

    @Nested
    class UnixDatagram extends UnixDatagramContractTest {
        @Override
        String url() {
            return super.url() + WITHOUT_JITTER;
        }
    }

    @Nested
    class UnixDatagramTransport extends UnixDatagramTransportContractTest {
        @Override
        String url() {
            return super.url() + WITHOUT_JITTER;
        }
    }
}
