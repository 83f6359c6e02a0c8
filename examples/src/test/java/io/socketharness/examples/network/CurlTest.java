package io.socketharness.examples.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code of curl for each kind of bad network, see its manual page. */
@Timeout(60)
class CurlTest {

    private static final int TIMED_OUT = 28;

    /** The header has 39 bytes, the body 10. */
    private static final String PAGE = """
            C: GET / HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S< HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nhelloworld
            C: NEVER
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp | latency 50ms to client       | 0
            tcp | slice 1                      | 0
            tcp | bandwidth 1kB/s              | 0
            tcp | limit 44 close to client     | 18
            tcp | limit 44 half-close to client | 18
            tcp | limit 44 stall to client     | 28
            tcp | blackhole                    | 28
            tcp | stop-reading                 | 28
            tcp | latency 30s to server        | 28
            tcp | limit 20 reset to server     | 56
            tcp | limit 0 close to client      | 52
            tls | limit 100 close to client    | 35
            tls | limit 100 reset to client    | 35
            tls | limit 100 stall to client    | 28
            tls | corrupt at 100 to client     | 35
            """)
    void exitsWith(String transport, NetworkCondition condition, int code) throws Exception {
        ServerSpec spec = ServerSpec.builder(transport)
                .host("localhost")
                .network(condition)
                .strict(false)
                .build();
        try (FakeServer server = FakeServer.start(spec, Script.parse(PAGE))) {
            assertThat(exitCode(server, code == TIMED_OUT ? 1 : 20))
                    .as(() -> server.recording().toString())
                    .isEqualTo(code);
        }
    }

    @Test
    void tellsTwoFailuresOfItsConnectApart() throws Exception {
        try (FakeServer server = FakeServer.start("tcp://localhost:0")) {
            server.refuse();
            assertThat(exitCode(server, 20)).isEqualTo(7);

            server.ignore();
            assertThat(exitCode(server, 1)).isEqualTo(TIMED_OUT);
        }
    }

    private static int exitCode(FakeServer server, int seconds) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--output", "/dev/null"));
        command.addAll(List.of("--max-time", String.valueOf(seconds), "--write-out", "%{exitcode}"));
        boolean tls = server.uri().getScheme().equals("tls");
        if (tls) {
            command.addAll(List.of("--cacert", server.tls().caPemFile().toString()));
        }
        command.add((tls ? "https" : "http") + "://localhost:" + server.port() + "/");
        return Integer.parseInt(Program.run("", command.toArray(String[]::new)));
    }
}
