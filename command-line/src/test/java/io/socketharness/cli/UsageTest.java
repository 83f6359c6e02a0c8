package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.socketharness.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong usage: one message, exit code 2, and nothing is started. */
class UsageTest {

    @TempDir
    Path directory;

    private String good;

    @BeforeEach
    void script() throws IOException {
        good = file("good.script", "S: hello\n");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static void assertRefused(String message, String... arguments) {
        Cli.Result result = Cli.run(arguments);
        assertThat(result.err()).isEqualTo("socket-harness: " + message + "\n");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void verbs() {
        assertRefused(
                "no verb; one of serve, check, record, replay, show and sweep is needed; see socket-harness --help");
        assertRefused("Unmatched argument at index 0: 'serv'; did you mean serve? see socket-harness --help", "serv");
        assertRefused(
                "Unknown option: '--prot'; did you mean --protocols? see socket-harness serve --help",
                "serve",
                "--prot",
                "1");
    }

    @Test
    void commands() {
        assertRefused(
                "no command after --; write the command that runs the client, such as -- curl", "serve", good, "--");
        assertRefused(
                "check runs no command, and found -- curl x; serve, record, replay and sweep run one",
                "check",
                good,
                "--",
                "curl",
                "x");
        assertRefused(
                "show runs no command, and found -- curl; serve, record, replay and sweep run one",
                "show",
                good,
                "--",
                "curl");
        assertRefused("sweep needs a command after --, such as -- ./send-mail.sh", "sweep", good);
    }

    @Test
    void aCommandThatCannotBeRun() throws Exception {
        Cli.Result missing = Cli.run("serve", good, "--quiet", "--", "no-such-program", "x");
        assertThat(missing.err())
                .endsWith("socket-harness: cannot run no-such-program: no such program; a command of the shell needs"
                        + " sh -c\n");
        assertThat(missing.code()).isEqualTo(2);
        Cli.Result notExecutable = Cli.run("serve", good, "--quiet", "--", good);
        assertThat(notExecutable.err()).endsWith("socket-harness: cannot run " + good + ": it is not executable\n");
        assertThat(notExecutable.code()).isEqualTo(2);
        Cli.Result swept = Cli.run("sweep", good, "--", "no-such-program");
        assertThat(swept.err())
                .isEqualTo("socket-harness: cannot run no-such-program: no such program; a command of the shell needs"
                        + " sh -c\n");
        assertThat(swept.code()).isEqualTo(2);
    }

    @Test
    void scripts() throws IOException {
        assertRefused(directory + "/none.script: no such file", "serve", directory + "/none.script");
        String bad = file("bad.script", "S: hello\n  @closs\n");
        assertRefused(bad + ":2: unknown step @closs; did you mean @close?\n    @closs\n    ^", "serve", bad);
        Files.write(directory.resolve("binary.script"), new byte[] {(byte) 0xff, 0});
        String binary = directory + "/binary.script";
        assertRefused(binary + " is not a script: it is not text in UTF-8", "serve", binary);
        assertRefused(directory + ": Is a directory", "serve", directory.toString());
        String unknown = file("unknown.script", "S: ${realm}\n");
        assertThat(Cli.run("check", unknown).err()).contains("unknown.script:1: unknown variable ${realm};");
        assertThat(Cli.run("check", unknown, "--variable", "realm=x").out()).isEqualTo(unknown + ": ok, 1 step\n");
        String starts = file("starttls.script", "@starttls\n");
        assertThat(Cli.run("serve", starts, "--transport", "udp").err()).contains("starttls.script: ");
    }

    @Test
    void filesThatScriptsSendAreBesideThem() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        file("data/answer.bin", "bytes");
        assertThat(Cli.run("check", file("send.script", "@send data/answer.bin\n"))
                        .code())
                .isZero();
        String wrong = file("wrong.script", "@send answer.bin\n");
        assertThat(Cli.run("check", wrong).err())
                .startsWith("socket-harness: " + wrong + ":1: file " + directory
                        + "/answer.bin not found; a path is relative to the directory of the script\n");
    }

    @Test
    void aTapeIsNotAScript() throws IOException {
        String tape = file("a.tape", "@connection tcp\nS: hello\n");
        assertRefused(
                tape + ": is a tape, where a script is allowed; socket-harness replay " + tape + " serves it",
                "serve",
                tape);
    }

    @Test
    void theValuesInTheHelpAreValid() {
        for (ServerOption option : ServerOption.ALL) {
            for (String value : option.candidates()) {
                assertThatCode(() -> ServerArguments.builder(Map.of(option.name(), List.of(value))))
                        .as(option.option() + " " + value)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void certificateFiles() throws IOException {
        String none = directory + "/none.pem";
        assertRefused(
                none + " does not exist; expected a file with a certificate or a key",
                "serve",
                good,
                "--transport",
                "tls",
                "--certificate-file",
                none);
        assertRefused(
                "found keyFile without certificateFile, which has the certificate of this key",
                "serve",
                good,
                "--key-file",
                none);
        assertRefused(
                "found certificate and certificateFile; set one of them",
                "serve",
                good,
                "--certificate",
                "expired",
                "--certificate-file",
                none);
        assertRefused("certificateFile is empty", "serve", good, "--certificate-file", "");
        String text = file("text.pem", "no certificate");
        assertThat(Cli.run("serve", good, "--certificate-file", text).err()).startsWith("socket-harness: " + text);
        String servers = file("tls.yaml", "servers:\n  web:\n    transport: tls\n    certificateFile: none.pem\n");
        assertRefused(
                servers + ":4: " + none + " does not exist; expected a file with a certificate or a key",
                "serve",
                servers);
        String two = file("two.yaml", "servers:\n  web:\n    keyFile: [a, b]\n");
        assertRefused(two + ":3: keyFile has 2 values; one is allowed", "serve", two);
    }

    @Test
    void anEncryptedKeyNeedsAPassphrase() {
        String pem = directory.resolve("own.pem").toString();
        CertificateAuthority.create().issue("localhost").savePem(Path.of(pem), "comet");
        assertThat(Cli.run("serve", good, "--transport", "tls", "--certificate-file", pem)
                        .err())
                .startsWith("socket-harness: " + pem)
                .contains("passphrase");
    }

    @Test
    void options() {
        assertRefused(
                "port 99999 is out of range; 0 to 65535 is allowed, 0 for a free one", "serve", "--port", "99999");
        assertRefused(
                "network: unknown network condition \"latenzy\"; did you mean latency?",
                "serve",
                good,
                "--network",
                "latenzy 5ms");
        assertRefused(
                "Missing required parameter for option '--port' (PORT); see socket-harness serve --help",
                "serve",
                "--port");
        assertRefused("--watch needs a script to watch", "serve", "--watch");
        assertRefused(
                "found SCRIPT and --forward-to; one of them is allowed",
                "serve",
                good,
                "--forward-to",
                "tcp://localhost:1");
        assertThat(Cli.run("serve", "--transport", "tcq").err()).contains("tcq").contains("tcp");
        assertThat(Cli.run("serve", "--forward-to", "localhost").err()).startsWith("socket-harness: --forward-to: ");
    }

    @Test
    void aPortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertRefused(
                    "cannot start tcp://127.0.0.1:" + port
                            + ": Address already in use; another socket has this port: without --port, the server has a free one",
                    "serve",
                    good,
                    "--port",
                    String.valueOf(port));
        }
    }

    @Test
    void tapes() throws IOException {
        String tape = file("redis.tape", "@connection tcp\nC: PING\nS: PONG\n");
        assertRefused(tape + " exists; --force replaces it", "record", "--to", "tcp://localhost:1", tape);
        assertRefused(
                "Missing required option: '--to=URL'; see socket-harness record --help",
                "record",
                directory + "/new.tape");
        assertRefused(
                directory + "/none/new.tape: the directory " + directory + "/none does not exist",
                "record",
                "--to",
                "tcp://localhost:1",
                directory + "/none/new.tape");
        assertRefused(
                "--mask: mask \"(\" is not a regular expression: Unclosed group at 2",
                "record",
                "--to",
                "tcp://localhost:1",
                "--mask",
                "(",
                directory + "/new.tape");
        assertThat(Cli.run("replay", tape, "--transport", "udp").err())
                .startsWith("socket-harness: " + tape + ": the tape was recorded over tcp, a stream;");
        assertRefused(
                good
                        + ":1: found \"S: hello\" before the first @connection; a tape has a script for each connection, below"
                        + " a line @connection",
                "replay",
                good);
    }

    @Test
    void showing() throws IOException {
        String tape = file("two.tape", "@connection tcp\nC: A\n\n@connection tcp\nC: B\n");
        assertRefused(
                tape + " has 2 connections; choose one with --connection, from 0 to 1", "show", tape, "--as", "script");
        assertRefused("--connection is 2; 0 to 1 is allowed", "show", tape, "--as", "script", "--connection", "2");
        assertRefused(
                "--connection is for --as script; the other forms show all connections",
                "show",
                tape,
                "--connection",
                "1");
        assertRefused(good + " exists; --force replaces it", "show", tape, "--as", "html", "--output", good);
        assertThat(Cli.run("show", tape, "--as", "pdf").err())
                .contains("'pdf'")
                .contains("[TEXT, SCRIPT, HTML, PCAPNG]");
    }

    @Test
    void sweeps() {
        assertRefused(
                "--tolerates is \"1,x\"; allowed are exit codes from 1 to 255 with commas between them, or any",
                "sweep",
                good,
                "--tolerates",
                "1,x",
                "--",
                "true");
        assertRefused("the maximum number of runs must be 1 or more: 0", "sweep", good, "--max", "0", "--", "true");
        assertThat(Cli.run("sweep", good, "--time-limit", "5", "--", "true").err())
                .startsWith("socket-harness: --time-limit: ");
        assertThat(Cli.run("sweep", good, "--port", "1", "--parallel", "2", "--", "true"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err())
                        .startsWith("socket-harness: found the port 1 and parallel(2); servers that run at the same"));
        assertRefused("\"(\" is not a regular expression: Unclosed group", "sweep", good, "--once", "(", "--", "true");
    }

    @Test
    void serverFiles() throws IOException {
        assertThat(Cli.run("serve", file("empty.yaml", "")).err()).contains("empty.yaml: is empty; a file has");
        String server = "a file has \"servers:\", and below it the name of each server with its options";
        String other = file("other.yaml", "mail:\n  port: 1\n");
        assertRefused(other + ":2: found \"mail\"; " + server, "serve", other);
        String none = file("none.yaml", "servers: {}\n");
        assertRefused(none + ":1: no server; " + server, "serve", none);
        String list = file("list.yaml", "servers: [mail]\n");
        assertRefused(list + ":1: servers must have names and values (name: value); " + server, "serve", list);
        String option = file("option.yaml", "servers:\n  mail:\n    prot: 1\n");
        assertThat(Cli.run("serve", option).err())
                .startsWith("socket-harness: " + option + ":3: unknown option \"prot\"; known are ");
        String port = file("port.yaml", "servers:\n  mail:\n    port: x\n");
        assertRefused(port + ":3: port is \"x\"; a whole number is allowed", "serve", port);
        String both = file("both.yaml", "servers:\n  mail:\n    script: good.script\n    tape: a.tape\n");
        assertRefused(
                both + ":3: mail: found several of script, tape and forwardTo; one of them is allowed", "serve", both);
        String mask = file("mask.yaml", "servers:\n  mail:\n    mask: x\n");
        assertRefused(mask + ":3: mail: found mask without tape", "serve", mask);
        String twice = file("twice.yaml", "servers:\n  mail: {port: 1, port: 2}\n");
        assertThat(Cli.run("serve", twice).err()).contains("twice.yaml:2: ").contains("port");
        String syntax = file("syntax.yaml", "servers:\n  mail: [\n");
        assertThat(Cli.run("serve", syntax).err()).contains("syntax.yaml:3: ");
        String missing = file("missing.yaml", "servers:\n  mail: {script: no.script}\n");
        assertRefused(directory + "/no.script: no such file", "serve", missing);
        String fine = file("fine.yaml", "servers:\n  mail: {script: good.script}\n");
        assertRefused(
                fine + " has the options of its servers; found --port on the command line, too",
                "serve",
                fine,
                "--port",
                "1");
    }

    @Test
    void serverFilesThatAreNotSuitable() throws IOException {
        String empty = file("list.yaml", "servers:\n  mail:\n    transport: []\n");
        assertRefused(empty + ":3: transport has 0 values; one is allowed", "check", empty);
        String nul = file("nul.yaml", "servers:\n  mail:\n    script: \"a\\0b\"\n");
        assertRefused(nul + ":3: not the name of a file: Nul character not allowed", "check", nul);
        String control = file("control.yaml", "servers:\n  mail: \u0001\n");
        assertRefused(control + ": found the character U+0001, which YAML does not allow", "check", control);
        String binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xff})
                .toString();
        assertRefused(binary + ": it is not text in UTF-8", "check", binary);
        String names = file("names.yaml", "servers:\n  a-1: {}\n  a_1: {}\n");
        assertRefused(
                names + ":3: servers \"a-1\" and \"a_1\" have the same variables, SOCKET_HARNESS_A_1_URL and others;"
                        + " rename one of them",
                "check",
                names);
    }

    @Test
    void namesOfServersAreWords() throws IOException {
        String spaces = file("spaces.yaml", "servers:\n  my mail: {script: good.script}\n");
        assertRefused(
                spaces + ":2: found the name \"my mail\"; letters, digits and . _ - are allowed in it",
                "serve",
                spaces);
        String empty = file("none.yaml", "servers:\n  \"\": {script: good.script}\n");
        assertRefused(empty + ":2: found the name \"\"; letters, digits and . _ - are allowed in it", "serve", empty);
    }

    @Test
    void aFileThatIsNestedTooDeeply() throws IOException {
        String deep = file("deep.yaml", "servers: " + "[".repeat(100_000));
        Cli.Result result = Cli.run("serve", deep);
        assertThat(result.err()).startsWith("socket-harness: " + deep + ":");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void oneOfSeveralServersCannotStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int first = free.getLocalPort();
            free.close();
            String file = file(
                    "two.yaml",
                    "servers:\n  mail: {port: " + first + "}\n  cache: {port: " + taken.getLocalPort() + "}\n");
            assertThat(Cli.run("serve", file).err())
                    .startsWith("socket-harness: cache: cannot start tcp://127.0.0.1:" + taken.getLocalPort());
            // the first one was closed
            new ServerSocket(first, 1, InetAddress.getByName("127.0.0.1")).close();
        }
    }

    @Test
    void filesThatCannotBeWritten() throws IOException {
        String below = good + "/ready";
        Cli.Result result = Cli.run("serve", good, "--quiet", "--ready-file", below, "--", "true");
        assertThat(result.err()).endsWith("socket-harness: " + below + ": " + good + " is not a directory\n");
        assertThat(result.code()).isEqualTo(2);
        assertThat(Cli.run("serve", good, "--ca-file", directory + "/ca.pem", "--", "true")
                        .err())
                .endsWith("socket-harness: --ca-file: no server uses TLS\n");
    }
}
