package io.socketharness.benchmarks;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;

import io.socketharness.FakeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A whole process that starts a server with a fresh certificate, has one exchange with it through TLS and ends, as a test
 * run by itself: ours, and MockWebServer with the certificates of okhttp-tls, by turns.
 */
public final class ColdTls {

    private static final String OURS = "ours";
    private static final String PEER = "okhttp-tls";

    private ColdTls() {}

    /**
     * Runs the comparison, or, given the name of a server, the one exchange.
     *
     * @param args how many rounds, 20 unless given
     * @throws IOException if a process cannot be started, or the exchange fails
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String... args) throws IOException, InterruptedException {
        String what = args.length == 0 ? "20" : args[0];
        switch (what) {
            case OURS -> ours();
            case PEER -> peer();
            default -> compare(Integer.parseInt(what));
        }
    }

    private static void ours() throws IOException {
        try (FakeServer server = FakeServer.start("tls:", expectLine("PING"), sendLine("PONG"))) {
            exchange(server.tls().clientContext(), server.port(), LineClient.PING);
            server.verify();
        }
    }

    private static void peer() throws IOException {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName(InetAddress.getLoopbackAddress().getHostAddress())
                .build();
        HandshakeCertificates server =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        HandshakeCertificates client = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        try (Server web = WebServer.onceThrough(server.sslSocketFactory())) {
            exchange(client.sslContext(), web.port(), LineClient.GET);
        }
    }

    private static void exchange(SSLContext trust, int port, String request) throws IOException {
        try (LineClient client = new LineClient(trust.getSocketFactory(), port, request)) {
            client.roundTrip();
        }
    }

    private static void compare(int rounds) throws IOException, InterruptedException {
        Map<String, List<ColdProcess>> taken =
                ColdProcess.byTurns(ColdTls.class, List.of(OURS, PEER), List.of(), rounds);
        RoundRatios ratios = ColdProcess.ratios(taken, OURS, PEER, ColdProcess::wallMillis);
        System.out.printf(
                "cold process, ms: ours %d, %s %d; ratio %s%n",
                ratios.medianOfOurs(), PEER, ratios.medianOfTheirs(), ratios);
    }
}
