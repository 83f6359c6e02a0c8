package io.socketharness.examples.documents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.junit5.FaultSweep;
import io.socketharness.script.Script;
import io.socketharness.sweep.Effect;
import io.socketharness.sweep.Sweep;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.SweptTest;
import io.socketharness.sweep.Verdict;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the guide on sweeps have all effects, verdicts and options, and no others; its names of faults exist. */
class SweepGuideTest {

    private static final String THERMOMETER = "C: TEMP?\nS: 21.5\n@close";
    private static final int LIMIT = 500;

    @Test
    void everyEffectIsShown() throws IOException {
        assertThat(codes("Effects")).containsExactlyElementsOf(names(Effect.values()));
    }

    @Test
    void everyVerdictIsShown() throws IOException {
        assertThat(codes("Verdicts")).containsExactlyInAnyOrderElementsOf(names(Verdict.values()));
    }

    @Test
    void everyOptionIsShown() throws IOException {
        List<String> options = codes("Options").stream()
                .filter(code -> !code.startsWith("socketharness."))
                .map(code -> code.replaceFirst(" =.*", ""))
                .toList();

        assertThat(options)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FaultSweep.class.getDeclaredMethods())
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void theNamesAreThoseOfFaults() throws IOException {
        List<String> names = new ArrayList<>();
        names.addAll(faults("tcp", THERMOMETER, SweepGuideTest::askTwice));
        names.addAll(faults("tls", THERMOMETER, SweepGuideTest::askWithTls));
        names.addAll(faults("udp", "C: TIME?\nS: 12:00", SweepGuideTest::askTheTime));

        assertThat(names).containsAll(codes("Names of faults"));
    }

    /** The names of the planned faults; only one of them runs. */
    private static List<String> faults(String transport, String script, SweptTest test) {
        ServerSpec spec = ServerSpec.builder(transport)
                .host("localhost")
                .script(Script.parse(script))
                .build();
        return Sweep.of(spec).tolerating(IOException.class).max(1).run(test).runs().stream()
                .map(SweepRun::name)
                .toList();
    }

    private static void askTwice(FakeServer server) throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Socket socket = new Socket(server.host(), server.port())) {
                ask(socket);
            }
        }
    }

    private static void askWithTls(FakeServer server) throws IOException {
        try (Socket socket =
                server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port())) {
            ask(socket);
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.setSoTimeout(LIMIT);
        socket.getOutputStream().write("TEMP?\r\n".getBytes(US_ASCII));
        socket.getInputStream().readAllBytes();
    }

    private static void askTheTime(FakeServer server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(LIMIT);
            byte[] question = "TIME?".getBytes(US_ASCII);
            socket.send(new DatagramPacket(question, question.length, server.address()));
            socket.receive(new DatagramPacket(new byte[100], 100));
        }
    }

    private static List<String> names(Object[] values) {
        return Stream.of(values).map(Object::toString).toList();
    }

    private static List<String> codes(String heading) throws IOException {
        return Markdown.read("docs/sweep.md").rows(heading).stream()
                .flatMap((Row row) -> row.code(0).stream())
                .toList();
    }
}
