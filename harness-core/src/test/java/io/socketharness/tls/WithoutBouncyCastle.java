package io.socketharness.tls;

import static io.socketharness.script.Behaviours.echo;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Runs servers without TLS, and says what came of it; {@link WithoutBouncyCastleTest} starts it. */
final class WithoutBouncyCastle {

    private WithoutBouncyCastle() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "handshakes" -> handshakes();
            case "property" -> property();
            case "certificates" -> certificates();
            default -> workWithoutIt();
        }
    }

    private static void workWithoutIt() throws Exception {
        StringBuilder said = new StringBuilder();
        said.append(isThere() ? "with" : "without").append(" Bouncy Castle\n");
        try (FakeServer server = FakeServer.start("tcp:", echo());
                TestClient client = TestClient.connect(server)) {
            said.append(client.send("over TCP\n").read(9));
        }
        try (FakeServer server = FakeServer.start("udp:", echo());
                DatagramSocket client = new DatagramSocket()) {
            byte[] sent = "over UDP\n".getBytes(StandardCharsets.UTF_8);
            DatagramPacket packet = new DatagramPacket(sent, sent.length, server.address());
            client.setSoTimeout(5_000);
            client.send(packet);
            client.receive(packet);
            said.append(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
        System.out.print(said);
    }

    private static void handshakes() throws IOException {
        try (FakeServer server = FakeServer.start("dtls:");
                DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[1], 1, server.address()));
            System.out.println(verdict(server));
        }
        try (FakeServer server = FakeServer.start("tls:");
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            client.getInputStream().read();
            System.out.println(verdict(server));
        }
    }

    private static String verdict(FakeServer server) {
        try {
            server.verify();
            return "nothing is wrong";
        } catch (AssertionError wrong) {
            return String.valueOf(wrong.getMessage()).replaceFirst(":[0-9]+:", ":");
        }
    }

    private static void certificates() {
        refused(CertificateAuthority::shared);
        refused(CertificateAuthority::shared);
        refused(CertificateAuthority::create);
        refused(() -> HeldCertificate.parsePem("-----BEGIN CERTIFICATE-----"));
    }

    private static void refused(Runnable action) {
        try {
            action.run();
            System.out.println("done");
        } catch (IllegalStateException missing) {
            System.out.println(missing.getMessage());
        }
    }

    private static void property() {
        try (FakeServer server = FakeServer.start(
                ServerSpec.builder("tcp").properties("ca=${caPemFile}").build())) {
            System.out.println(server);
        } catch (IllegalStateException missing) {
            System.out.println("not started: " + missing.getMessage() + "; left are "
                    + Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.contains("listener"))
                            .toList());
        }
    }

    private static boolean isThere() {
        try {
            Class.forName("org.bouncycastle.asn1.x509.Certificate");
            return true;
        } catch (ClassNotFoundException excluded) {
            return false;
        }
    }
}
