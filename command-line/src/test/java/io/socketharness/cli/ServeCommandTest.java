package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb serve, in a process of its own. */
class ServeCommandTest {

    /** A client for bash, which needs no other program. */
    private static final String PING = "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT; read -r hello <&3;"
            + " printf 'PING\\r\\n' >&3; read -r pong <&3; echo \"got ${pong%?}\"; exec 3>&-";

    @TempDir
    Path directory;

    private String ping;

    @BeforeEach
    void script() throws IOException {
        ping = file("ping.script", "S: hello\nC: PING\nS: PONG\n");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static Cli.Result serve(String script, String client, String... options) throws Exception {
        Program.require("bash");
        List<String> arguments = new ArrayList<>(List.of("serve", script));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "bash", "-c", client));
        return Cli.process(arguments.toArray(String[]::new));
    }

    private static String line(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    @Test
    void runsAClientWithTheServer() throws Exception {
        Cli.Result result = serve(ping, PING);

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("got PONG\n");
        assertThat(result.err().lines().map(line -> line.replaceAll("^[0-9:.]{12} |[0-9]+$", "")))
                .containsExactly(
                        "ready tcp://127.0.0.1:",
                        "#0 -- opened by 127.0.0.1:",
                        "#0 S: hello",
                        "#0 C: PING",
                        "#0 S: PONG",
                        "#0 -- closed by the client",
                        "socket-harness: 1 connection, no failures");
    }

    @Test
    void exitCodes() throws Exception {
        assertThat(serve(ping, PING + "; exit 7").code()).isEqualTo(7);
        assertThat(serve(ping, PING + "; exit 1").code()).isEqualTo(3);
        assertThat(serve(ping, PING + "; exit 2").code()).isEqualTo(3);
        assertThat(serve(ping, PING.replace("PING", "PONG") + "; exit 7", "--timeout", "200ms")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void reportsTheStepThatFailed() throws Exception {
        Cli.Result result = serve(ping, PING.replace("PING", "PANG"), "--quiet");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines().limit(5))
                .satisfiesExactly(
                        ready -> assertThat(ready).startsWith("ready tcp://"),
                        failed -> assertThat(failed)
                                .matches("socket-harness: FAILED tcp://\\S+, connection 0: step 2 of 3 failed"),
                        empty -> assertThat(empty).isEmpty(),
                        expected -> assertThat(expected).isEqualTo("  expected  PING"),
                        received -> assertThat(received).isEqualTo("  received  PANG"));
        assertThat(result.err()).containsOnlyOnce("FAILED");
    }

    @Test
    void reportsAStepThatWasNotReached() throws Exception {
        Cli.Result result =
                serve(ping, "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT; read -r hello <&3");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("FAILED")
                .contains("C: PING")
                .contains("socket-harness: 1 connection, 1 failure");
    }

    @Test
    void aServerThatNoClientUsed() throws Exception {
        Cli.Result unused = serve(ping, "true", "--timeout", "100ms");
        assertThat(unused.code()).isEqualTo(1);
        assertThat(unused.err()).contains("no client connected within 100 ms");
        assertThat(serve(ping, "true", "--optional").code()).isZero();
    }

    @Test
    void eventsAsJson() throws Exception {
        Cli.Result result = serve(ping, PING, "--json");

        assertThat(result.out()).isEqualTo("got PONG\n");
        List<String> lines = result.err().lines().toList();
        String time = "\"time\":\"[0-9T:.-]+Z\",\"connection\":0,";
        assertThat(lines.get(0)).matches("\\{\"event\":\"ready\",\"uri\":\"tcp://127.0.0.1:\\d+\"}");
        assertThat(lines.get(1)).matches("\\{\"event\":\"opened\"," + time + "\"detail\":\"opened by .*\"}");
        assertThat(lines.get(2))
                .matches("\\{\"event\":\"sent\"," + time + "\"line\":\"S: hello\",\"text\":\"hello\\\\r\\\\n\"}");
        assertThat(lines.get(3))
                .matches("\\{\"event\":\"received\"," + time + "\"line\":\"C: PING\",\"text\":\"PING\\\\r\\\\n\"}");
        assertThat(lines.get(4)).contains("\"event\":\"sent\"");
        // the end of the script and that of the connection happen at the same time
        assertThat(lines.subList(5, lines.size() - 1))
                .allSatisfy(line -> assertThat(line).matches("\\{\"event\":\"[a-z-]+\"," + time + "\"detail\":.*}"))
                .anyMatch(line -> line.startsWith("{\"event\":\"half-closed-by-client\""))
                .anyMatch(line -> line.startsWith("{\"event\":\"completed\""));
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("{\"event\":\"ended\",\"connections\":1,\"failures\":0,\"exitCode\":0}");
    }

    @Test
    void aFailureAsJson() throws Exception {
        Cli.Result result = serve(ping, PING.replace("PING", "PANG"), "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines())
                .allMatch(line -> line.startsWith("{\"event\":\""))
                .anyMatch(line -> line.startsWith("{\"event\":\"failure\",\"report\":\"tcp://"));
    }

    @Test
    void aClientCannotControlTheTerminal() throws Exception {
        String client = "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT; read -r hello <&3;"
                + " printf '\\302\\23331m \\033[31m\\r\\n' >&3; read -r pong <&3";

        for (String option : List.of("--color=never", "--json")) {
            assertThat(serve(ping, client, option).err())
                    .contains("xc2")
                    .doesNotContain("\u009b")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void filesForOtherPrograms() throws Exception {
        Path ready = directory.resolve("ready");
        Path report = directory.resolve("report.xml");
        String failing = PING.replace("PING", "PA<NG");
        Cli.Result result =
                serve(ping, failing, "--quiet", "--ready-file", ready.toString(), "--junit-xml", report.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(ready).as("exists while the server is ready").doesNotExist();
        assertThat(Files.readString(report))
                .startsWith("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite name="socket-harness" tests="2" failures="1" errors="0" skipped="0">
                          <testcase classname="socket-harness" name="tcp">
                            <failure message="tcp://""")
                .contains("  received  PA&lt;NG\n")
                .endsWith("\"/>\n</testsuite>\n");
    }

    @Test
    void aResultThatCannotBeWrittenIsRefusedAtOnce() throws Exception {
        Path started = directory.resolve("started");
        Cli.Result result = serve(ping, "touch " + started, "--junit-xml", directory.toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("socket-harness: " + directory + ": it is a directory\n");
        assertThat(started).doesNotExist();
    }

    @Test
    void theAdviceIsForTheProgram() throws Exception {
        Program.require("openssl");
        assertThat(serve(ping, "true", "--timeout", "100ms").err())
                .contains(" If it need not connect, set --optional.\n");
        String distrusting = "openssl s_client -verify_return_error"
                + " -connect $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT </dev/null >/dev/null 2>&1; true";
        assertThat(serve(ping, distrusting, "--transport", "tls", "--timeout", "100ms")
                        .err())
                .contains("If it should, give it the certificate of --ca-file or SOCKET_HARNESS_CA.");
        String twice = "for i in 1 2; do exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT;"
                + " printf 'PING\\r\\n' >&3; cat <&3; done";
        String servers = file("once.yaml", "servers:\n  own: {scripts: [once.script]}\n");
        file("once.script", "C: PING\n@close\n");
        assertThat(serve(servers, twice).err()).contains("; add a script with --scripts, or should the client reuse");
    }

    @Test
    void otherFilesAreNotReplaced() throws Exception {
        String key = directory.resolve("own.pem").toString();
        CertificateAuthority.create().issue("localhost").savePem(Path.of(key));
        String pem = Files.readString(Path.of(key));
        for (List<String> options : List.of(
                List.of("--ready-file", key),
                List.of("--ready-file", ping),
                List.of("--junit-xml", ping),
                List.of("--transport", "tls", "--certificate-file", key, "--ca-file", key))) {
            Cli.Result result = serve(ping, "true", options.toArray(String[]::new));
            assertThat(result.err())
                    .isEqualTo("socket-harness: " + options.get(options.size() - 1)
                            + ": the file exists with other content, and is not replaced\n");
            assertThat(result.code()).isEqualTo(2);
        }
        assertThat(Files.readString(Path.of(key))).isEqualTo(pem);
        assertThat(Path.of(ping)).exists();
    }

    @Test
    void itsOwnFilesAreReplaced() throws Exception {
        for (int i = 0; i < 2; i++) {
            Cli.Result result = serve(
                    file("tls.script", "S: hello\n@close\n"),
                    "true",
                    "--transport",
                    "tls",
                    "--optional",
                    "--ca-file",
                    directory.resolve("ca.pem").toString(),
                    "--junit-xml",
                    directory.resolve("result.xml").toString());
            assertThat(result.code()).as(result.err()).isZero();
        }
    }

    @Test
    void aReadyFileThatCannotBeWrittenIsRefusedAtOnce() throws Exception {
        Cli.Result result = serve(ping, "true", "--ready-file", directory.toString());

        assertThat(result.err()).isEqualTo("socket-harness: " + directory + ": it is a directory\n");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void pathsOfSocketsAreRelativeToTheFile() throws Exception {
        String servers = file("unix.yaml", "servers:\n  own: {transport: unix, path: own.sock, optional: true}\n");

        Cli.Result result = serve(servers, "echo $SOCKET_HARNESS_PATH");

        assertThat(result.out()).as(result.err()).isEqualTo(directory.resolve("own.sock") + "\n");
    }

    @Test
    void textOfTheClientDoesNotReachTheTerminalRaw() throws Exception {
        String client = "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT;"
                + " printf 'h\\u200bi\\u061c\\r\\n' >&3; cat <&3";

        Cli.Result result = serve(file("hi.script", "C: hi\n"), client);

        assertThat(result.err())
                .contains("#0 C: h\\u200bi\\u061c\n")
                .contains("received  h\\u200bi\\u061c")
                .doesNotContain("\u200b");
    }

    @Test
    void tlsWithAnAuthorityInAFile() throws Exception {
        Program.require("openssl");
        Path authority = directory.resolve("ca.pem");
        String client = "printf 'PING\\r\\n' | openssl s_client -quiet -verify_return_error -CAfile $SOCKET_HARNESS_CA"
                + " -connect $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT 2>/dev/null; cmp $SOCKET_HARNESS_CA "
                + authority;

        Cli.Result result = serve(
                file("tls.script", "S: hello\nC: PING\nS: PONG\n@close\n"),
                client,
                "--transport",
                "tls",
                "--ca-file",
                authority.toString());

        assertThat(result.out()).isEqualTo("hello\nPONG\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void certificatesForOtherHosts() throws Exception {
        Program.require("openssl");
        file("tls.script", "S: hello\n@close\n");
        String servers = file("servers.yaml", """
                servers:
                  mail:
                    script: tls.script
                    transport: tls
                    certificateHosts: [mail, mail.test]
                """);
        String client = "for name in mail mail.test other; do openssl s_client -quiet -verify_return_error"
                + " -verify_hostname $name -CAfile $SOCKET_HARNESS_CA"
                + " -connect $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT 2>&1 </dev/null"
                + " | grep -o 'hello\\|hostname mismatch' | sort -u; done";

        assertThat(serve(servers, client).out()).isEqualTo("hello\nhello\nhostname mismatch\n");
        assertThat(serve(
                                directory.resolve("tls.script").toString(),
                                client,
                                "--transport",
                                "tls",
                                "--certificate-hosts",
                                "mail",
                                "--certificate-hosts",
                                "mail.test")
                        .out())
                .isEqualTo("hello\nhello\nhostname mismatch\n");
    }

    @Test
    void certificateOfTheUser() throws Exception {
        Program.require("openssl");
        file("tls.script", "S: hello\n@close\n");
        String make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -subj /CN=mail.test -addext"
                + " subjectAltName=DNS:mail.test -keyout tls.key -out tls.crt -passout pass:comet";
        Program.run("", "sh", "-c", "cd " + directory + " && " + make + " 2>&1");
        String client = "for ca in tls.crt $SOCKET_HARNESS_CA; do openssl s_client -quiet -verify_return_error"
                + " -verify_hostname mail.test -CAfile $ca"
                + " -connect $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT 2>/dev/null </dev/null; done";
        String servers = file("servers.yaml", """
                servers:
                  mail:
                    script: tls.script
                    transport: tls
                    certificateFile: tls.crt
                    keyFile: tls.key
                    keyPassphrase: comet
                """);

        Cli.Result inFile = serve(servers, client.replace(" tls.crt", " " + directory + "/tls.crt"));
        assertThat(inFile.out()).as(inFile.err()).isEqualTo("hello\nhello\n");
        Cli.Result asOptions = serve(
                directory.resolve("tls.script").toString(),
                client.replace(" tls.crt", " " + directory + "/tls.crt"),
                "--transport",
                "tls",
                "--certificate-file",
                directory.resolve("tls.crt").toString(),
                "--key-file",
                directory.resolve("tls.key").toString(),
                "--key-passphrase",
                "comet");
        assertThat(asOptions.out()).as(asOptions.err()).isEqualTo("hello\nhello\n");
    }

    @Test
    void severalServers() throws Exception {
        file("count.script", "C: COUNT\nS: 1\n");
        String servers = file("servers.yaml", """
                servers:
                  mail:
                    script: ping.script
                    network: [latency 1ms]
                  cache-1:
                    script: count.script
                """);
        String client = PING.replace("HARNESS_", "HARNESS_MAIL_")
                + "; exec 4<>/dev/tcp/$SOCKET_HARNESS_CACHE_1_HOST/$SOCKET_HARNESS_CACHE_1_PORT;"
                + " printf 'COUNT\\r\\n' >&4; read -r one <&4; echo ${one%?}; echo $SOCKET_HARNESS_URL"
                + " $SOCKET_HARNESS_MAIL_URL";

        Cli.Result result = serve(servers, client);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).matches("got PONG\n1\n(tcp://127.0.0.1:\\d+) \\1\n");
        assertThat(result.err())
                .containsPattern("(?m)^ready tcp://127.0.0.1:\\d+ mail$")
                .containsPattern("(?m)^ready tcp://127.0.0.1:\\d+ cache-1$")
                .containsPattern("(?m)^\\S+ mail #0 C: PING$")
                .containsPattern("(?m)^\\S+ cache-1 #0 C: COUNT$");
    }

    @Test
    void colours() throws Exception {
        String err = serve(ping, PING, "--color", "always").err();
        assertThat(err).contains("\u001b[36mC: PING\u001b[0m").contains("\u001b[32mS: PONG\u001b[0m");
        assertThat(serve(ping, PING).err()).doesNotContain("\u001b");
    }

    @Test
    void secretsAreNotShown() throws Exception {
        String script = file("login.script", "C: USER me\nC~ PASS .*\nS: welcome\n");
        String client = "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT;"
                + " printf 'USER me\\r\\nPASS pa,ss\\r\\n' >&3; read -r welcome <&3";

        Cli.Result text = serve(script, client, "--redact", "PASS (.{2,})");
        Cli.Result json = serve(script, client, "--redact", "PASS (.{2,})", "--json");

        assertThat(text.code()).isZero();
        assertThat(text.err()).contains("C: PASS *****").doesNotContain("pa,ss");
        assertThat(json.err()).contains("\"text\":\"PASS *****\\r\\n\"").doesNotContain("pa,ss");
    }

    @Test
    void variablesAndScriptsForSingleConnections() throws Exception {
        String first = file("first.script", "S: first ${who}\n@close\n");
        String others = file("others.script", "S: other\n@close\n");
        String client =
                "for i in 1 2 3; do exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT; read -r line <&3;"
                        + " echo ${line%?}; done";

        assertThat(serve(others, client, "--scripts", first, "--variable", "who=of all")
                        .out())
                .isEqualTo("first of all\nother\nother\n");
    }

    @Test
    void endsInOrderWithASignal() throws Exception {
        for (String signal : List.of("INT", "TERM")) {
            try (CliProcess program = CliProcess.start("serve", ping)) {
                try (Socket client = connect(program.readyPort())) {
                    assertThat(line(client)).isEqualTo("hello");
                    program.out(line -> line.endsWith("S: hello"));
                    program.signal(signal);
                    Cli.Result result = program.end();
                    assertThat(result.code()).as(signal).isZero();
                    assertThat(result.err()).isEqualTo("socket-harness: 1 connection, no failures\n");
                }
            }
        }
    }

    @Test
    void aSignalEndsTheChildrenOfTheCommand() throws Exception {
        Program.require("bash");
        String client = "trap '' INT; sleep 1000 & echo child $!; wait";
        try (CliProcess program = CliProcess.start("serve", ping, "--optional", "--", "bash", "-c", client)) {
            ProcessHandle child = process(program.out(line -> line.startsWith("child ")));

            program.signal("TERM");

            assertThat(program.end().code()).isEqualTo(143);
            child.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void theSecondSignalEndsACommandThatIgnoresTheFirst() throws Exception {
        Program.require("bash");
        String client = "trap 'echo ignored' TERM; echo child $$; while :; do sleep 0.1; done";
        try (CliProcess program = CliProcess.start("serve", ping, "--optional", "--", "bash", "-c", client)) {
            ProcessHandle child = process(program.out(line -> line.startsWith("child ")));
            program.signal("TERM");
            program.out(line -> line.equals("ignored"));

            program.signal("TERM");

            assertThat(program.end().code()).isEqualTo(130);
            child.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static ProcessHandle process(String line) {
        return ProcessHandle.of(Long.parseLong(line.replaceAll("[^0-9]", ""))).orElseThrow();
    }

    @Test
    void temporaryFilesAreDeleted() throws Exception {
        Cli.Result result = serve(ping, "echo $SOCKET_HARNESS_CA", "--transport", "tls", "--optional");

        assertThat(result.code()).isZero();
        assertThat(Path.of(result.out().strip())).isAbsolute().doesNotExist();
    }

    @Test
    void reportsAFailureWhenItHappensAndAtTheEnd() throws Exception {
        try (CliProcess program = CliProcess.start("serve", ping)) {
            try (Socket client = connect(program.readyPort())) {
                client.getOutputStream().write("PANG\r\n".getBytes(StandardCharsets.UTF_8));
                program.err(line -> line.startsWith("socket-harness: FAILED tcp://"));
                program.signal("TERM");
                Cli.Result result = program.end();
                assertThat(result.code()).isEqualTo(1);
                assertThat(result.err())
                        .containsOnlyOnce("FAILED")
                        .endsWith("socket-harness: 1 connection, 1 failure\n");
            }
        }
    }

    @Test
    void withoutAScriptItShowsEverything() throws Exception {
        try (CliProcess program = CliProcess.start("serve")) {
            try (Socket client = connect(program.readyPort())) {
                client.getOutputStream().write("no line".getBytes(StandardCharsets.UTF_8));
                program.out(line -> line.endsWith("#0 C< no line"));
                client.getOutputStream().write(new byte[] {0, 1, 2});
                program.out(line -> line.endsWith("#0 C! 00 01 02"));
            }
        }
    }

    @Test
    void readsChangedScriptsAgain() throws Exception {
        String script = file("hello.script", "S: one\n@close\n");
        try (CliProcess program = CliProcess.start("serve", "--watch", script)) {
            int port = program.readyPort();
            try (Socket client = connect(port)) {
                assertThat(line(client)).isEqualTo("one");
            }
            file("hello.script", "S: two\n@close\n");
            program.err(line -> line.equals("socket-harness: " + script + ": reloaded, for later connections"));
            try (Socket client = connect(port)) {
                assertThat(line(client)).isEqualTo("two");
            }
            file("hello.script", "Q: three\n");
            program.err(line -> line.startsWith("socket-harness: " + script + ":1: \"Q: three\""));
            program.err(line -> line.equals("The script before stays."));
            Files.write(Path.of(script), new byte[] {'S', ':', ' ', (byte) 0xff});
            program.err(line -> line.equals("socket-harness: " + script + " is not a script: it is not text in UTF-8"));
            Files.writeString(Path.of(script), "");
            program.err(line -> line.equals("socket-harness: " + script + ": the file is empty, or it cannot be read"));
            try (Socket client = connect(port)) {
                assertThat(line(client)).isEqualTo("two");
            }
        }
    }
}
