package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Row 16, {@code 127.0.0.1} and {@code 0.0.0.0}: the first, which is the default, is reached at this address alone, and so
 * from this machine alone; the second at every address of the machine, under which others reach it too.
 */
@Timeout(60)
class ReachTest {

    @Test
    void isForThisMachineUnlessItIsForAll(
            @SocketServer FakeServer local, @SocketServer(host = "0.0.0.0") FakeServer open) throws Exception {
        String outside = "tcp://" + addressForOthers() + ":";
        try (PhpServer localPhp = PhpServer.start("listening.php", "tcp://127.0.0.1:0");
                PhpServer openPhp = PhpServer.start("listening.php", "tcp://0.0.0.0:0")) {
            for (int port : new int[] {localPhp.port(), local.port()}) {
                assertThat(Php.connect("tcp://127.0.0.1:" + port)).isEqualTo("connected");
                assertThat(Php.connect(outside + port)).isEqualTo("111 Connection refused");
            }
            for (int port : new int[] {openPhp.port(), open.port()}) {
                assertThat(Php.connect("tcp://127.0.0.1:" + port)).isEqualTo("connected");
                assertThat(Php.connect(outside + port)).isEqualTo("connected");
            }
        }
        assertThat(open.host()).isEqualTo("127.0.0.1"); // what a client on this machine uses
    }

    /** One that other machines use, or, where there is no network, another one than 127.0.0.1. */
    private static String addressForOthers() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("127.0.0.2");
    }
}
