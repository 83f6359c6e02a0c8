package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are widely used programs, as the command that the program runs. */
class ClientsTest {

    private static final String PAGE = """
            C: GET /hello HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 5
            S:
            S< hello
            @close
            """;

    private static final String MAILBOX_FULL = """
            S: 220 mail.test ESMTP
            C~ (EHLO|ehlo) .*
            S: 250 mail.test
            C~ (?i)mail FROM:<.*>.*
            S: 250 sender ok
            C~ (?i)rcpt TO:<.*>
            S: 452 mailbox full
            C~ (?i)rset
            S: 250 ok
            C~ (?i)quit
            S: 221 bye
            @close
            """;

    @TempDir
    private Path directory;

    @Test
    void curlGetsAPage() throws Exception {
        Cli.Result result =
                serve("curl", PAGE, "--", "sh", "-c", "curl -sS $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT/hello");

        assertThat(result.output()).isEqualTo("hello");
        assertThat(result.messages())
                .contains("ready tcp://127.0.0.1:")
                .contains("#0 C: GET /hello HTTP/1.1")
                .endsWith("socket-harness: 1 connection, no failures\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void curlTrustsTheCertificate() throws Exception {
        Cli.Result result = serve(
                "curl",
                PAGE,
                "--transport",
                "tls",
                "--",
                "sh",
                "-c",
                "curl -sS --cacert $SOCKET_HARNESS_CA https://$SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT/hello");

        assertThat(result.output()).isEqualTo("hello");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void curlRejectsAnExpiredCertificate() throws Exception {
        Cli.Result result = serve(
                "curl",
                PAGE,
                "--transport",
                "tls",
                "--certificate",
                "expired",
                "--",
                "sh",
                "-c",
                "curl -sS --cacert $SOCKET_HARNESS_CA https://$SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT/hello");

        assertThat(result.messages()).contains("curl: (60)").contains("certificate has expired");
        assertThat(result.exitCode()).isOne();
    }

    @Test
    void curlAsksForAnotherPage() throws Exception {
        Cli.Result result =
                serve("curl", PAGE, "--", "sh", "-c", "curl -sS $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT/other");

        assertThat(result.messages())
                .contains("curl: (52) Empty reply from server")
                .contains("socket-harness: FAILED tcp://127.0.0.1:")
                .contains("step 1 of 9 failed")
                .endsWith("socket-harness: 1 connection, 1 failure\n");
        assertThat(result.exitCode()).isOne();
    }

    @Test
    void opensslStartsTls() throws Exception {
        Cli.Result result = serve("openssl", """
                S: 220 mail.test ESMTP
                C~ EHLO .*
                S: 250 STARTTLS
                C: STARTTLS
                S: 220 go ahead
                @starttls
                S: 250 secure
                @close
                """, "--", "sh", "-c", """
                openssl s_client -quiet -starttls smtp -verify_return_error -CAfile $SOCKET_HARNESS_CA \\
                  -connect $SOCKET_HARNESS_HOST:$SOCKET_HARNESS_PORT
                """);

        assertThat(result.output()).contains("250 secure");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void pythonReportsThatTheMailboxIsFull() throws Exception {
        Cli.Result result = serve("python3", MAILBOX_FULL, "--", "python3", "-c", """
                import os, smtplib, sys
                mail = smtplib.SMTP(os.environ["SOCKET_HARNESS_HOST"], int(os.environ["SOCKET_HARNESS_PORT"]))
                try:
                    mail.sendmail("ann@app.test", "bob@mail.test", "hello")
                except smtplib.SMTPRecipientsRefused as refused:
                    print(refused.recipients)
                    mail.quit()
                    sys.exit(7)
                """);

        assertThat(result.output()).isEqualTo("{'bob@mail.test': (452, b'mailbox full')}\n");
        assertThat(result.exitCode()).as("that of the client").isEqualTo(7);
    }

    @Test
    void nodeReceivesABrokenResponse() throws Exception {
        Cli.Result result =
                serve("node", PAGE, "--network", "limit 20 reset to client", "--optional", "--", "node", "-e", """
                        require("http").get({
                          host: process.env.SOCKET_HARNESS_HOST, port: process.env.SOCKET_HARNESS_PORT, path: "/hello"
                        }).on("error", failed => console.log(failed.code));
                        """);

        assertThat(result.output()).isEqualTo("ECONNRESET\n");
    }

    @Test
    void nodeGetsAPage() throws Exception {
        Cli.Result result = serve("node", PAGE, "--", "node", "-e", """
                require("http").get({
                  host: process.env.SOCKET_HARNESS_HOST, port: process.env.SOCKET_HARNESS_PORT, path: "/hello"
                }, response => response.pipe(process.stdout));
                """);

        assertThat(result.output()).isEqualTo("hello");
        assertThat(result.exitCode()).isZero();
    }

    private Cli.Result serve(String program, String script, String... arguments) throws Exception {
        Program.require(program);
        String[] all = new String[arguments.length + 2];
        all[0] = "serve";
        all[1] = "server.script";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new Cli(directory).script("server.script", script).run(all);
    }
}
