package io.socketharness;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contracts of all streams, where each byte leaves and arrives by itself: no test of them may notice. */
class ContractUnderSlicesTest {

    private static final String SLICES = "?network=slice+1";

    @Nested
    class Tcp extends TcpTransportContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }

    @Nested
    class TcpStream extends TcpStreamContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }

    @Nested
    class Tls extends TlsTransportContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }

    @Nested
    class Unix extends UnixTransportContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }

    @Nested
    class UnixStream extends UnixStreamContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class AbstractName extends AbstractNameTransportContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class AbstractNameStream extends AbstractNameStreamContractTest {
        @Override
        String url() {
            return super.url() + SLICES;
        }
    }
}
