package io.socketharness.examples.forward;

import java.util.List;

/** A DNS server that knows the names of one domain; its port is in the system property {@code dns.port}. */
final class Dnsmasq {

    private Dnsmasq() {}

    static RealServer server() {
        return new RealServer(
                "dns.port",
                "started, version",
                (directory, port) -> List.of(
                        "/usr/sbin/dnsmasq",
                        "--no-daemon",
                        "--conf-file=/dev/null",
                        "--listen-address=127.0.0.1",
                        "--bind-interfaces",
                        "--port=" + port,
                        "--no-resolv",
                        "--no-hosts",
                        "--address=/example.test/192.0.2.1"));
    }
}
