package io.socketharness.spi;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.halfClose;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.assertj.FakeServerAssert;
import io.socketharness.assertj.SocketAssertions;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import io.socketharness.spi.TestCaptures.Attachments;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

class VerificationResultTest {

    private static final TestCode TEST = new TestCode(VerificationResultTest.class, "test");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final TestCaptures NO_CAPTURES = new TestCaptures(
            new TestRun(VerificationResultTest.class, null, "test", "", name -> Optional.of("never")),
            Attachments.NONE);

    private final VerificationResult result = new VerificationResult();

    private static ServerSpec owing(String name) {
        return ServerSpec.builder("tcp")
                .name(name)
                .timeout(Duration.ofMillis(20))
                .script(Script.parse("C: PING"))
                .build();
    }

    @Test
    void findsNothingWhereAllIsWell() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            result.verify(server);
            result.verifyNoFailures(server);
        }
        assertThat(result.failure(TEST)).isEmpty();
    }

    @Test
    void reportsTheFirstFailureWithTheOthersSuppressed() {
        try (FakeServer first = FakeServer.start(owing("first"));
                FakeServer second = FakeServer.start("tcp:");
                FakeServer third = FakeServer.start(owing("third"))) {
            result.verify(first);
            result.verify(second);
            result.verify(third);
        }
        AssertionError failure = result.failure(TEST).orElseThrow();
        assertThat(failure).hasMessageContaining("[first]: no client connected");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("[third]: no client connected");
    }

    private static ServerSpec serving(String url, String name) {
        return ServerSpec.parse(url).toBuilder()
                .name(name)
                .timeout(Duration.ofSeconds(30))
                .script(Script.parse("C: PING"))
                .build();
    }

    /** Has the script of a server fail. */
    private static void failOn(FakeServer server) throws IOException {
        try (TestClient client = TestClient.connect(server)) {
            client.send("PONG\n").readToEnd();
        }
    }

    private List<String> order() {
        AssertionError failure = result.failure(TEST).orElseThrow();
        return Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                .map(one -> String.valueOf(one.getMessage()).replaceAll("(?s)\\A[^\\[]*\\[|].*", ""))
                .toList();
    }

    @Test
    void reportsTheEarliestFailureRegardlessOfTheOrderOfVerification() throws IOException {
        try (FakeServer owing = FakeServer.start(owing("owing"));
                FakeServer last = FakeServer.start(serving("tcp:", "last"));
                FakeServer first = FakeServer.start(serving("tcp:", "first"));
                FakeServer broken = FakeServer.start(serving("tcp:?optional=true", "broken"))) {
            failOn(first);
            ServerAccess.running(broken).runtime().failed("it is broken", new IOException("on purpose"));
            failOn(last);
            result.verify(owing);
            result.verify(last);
            result.verifyNoFailures(broken);
            result.verifyCutShort(first, new IllegalStateException());
        }
        assertThat(order()).containsExactly("first", "broken", "last", "owing");
    }

    @Test
    void takesTheTimeWhenUnexpectedBytesCameAndNotWhenTheyAreFound() throws IOException {
        try (FakeServer mail = FakeServer.start(serving("tcp:", "mail"));
                FakeServer metrics = FakeServer.start(serving("udp:", "metrics"));
                TestClient.Udp client = TestClient.Udp.connect(metrics)) {
            client.send("PING");
            client.send("PING again");
            metrics.recording().awaitExchange(0).awaitReceived("again");
            failOn(mail);
            result.verify(mail);
            result.verify(metrics);
        }
        assertThat(order()).containsExactly("metrics", "mail");
    }

    @Test
    void theLineOfAFailureSaysWhatArrivedAndWhatToDo() throws IOException {
        try (FakeServer more = FakeServer.start(serving("tcp:", "more"));
                FakeServer tls = FakeServer.start(serving("tls:", "tls"))) {
            try (TestClient client = TestClient.connect(more)) {
                client.send("PING\nPONG\n").readToEnd();
            }
            try (Socket plain = new Socket(tls.host(), tls.port())) {
                plain.getOutputStream().write("GET /\n".getBytes(US_ASCII));
                plain.getInputStream().readAllBytes();
            }

            assertThat(line(more))
                    .isEqualTo("tcp://127.0.0.1:PORT [more], connection 0: failed after the last step: the client sent"
                            + " more than the script expects: PONG\\n");
            assertThat(line(tls))
                    .isEqualTo("tls://127.0.0.1:PORT [tls], connection 0: step 1 of 1 failed: TLS failed: the client"
                            + " did not send TLS, but GET /\\n. Does the client use TLS, such as https? If it should send plain"
                            + " text, use the transport tcp, without @starttls.");
        }
    }

    private static String line(FakeServer server) {
        return Reports.normal(
                ServerAccess.running(server).verifier().verify().orElseThrow().inOneLine());
    }

    @Test
    void failuresOfOneServerAreInOrderToo() throws IOException {
        try (FakeServer server = FakeServer.start(serving("tcp:", "server"))) {
            failOn(server);
            ServerAccess.running(server).runtime().failed("it is broken", new IOException("on purpose"));
            failOn(server);
            result.verify(server);
        }
        AssertionError failure = result.failure(TEST).orElseThrow();
        assertThat(failure).hasMessageContaining("connection 0: step 1 of 1 failed");
        assertThat(failure.getSuppressed()).hasSize(2);
        assertThat(failure.getSuppressed()[0]).hasMessageEndingWith("it is broken: on purpose");
        assertThat(failure.getSuppressed()[1]).hasMessageContaining("connection 1: step 1 of 1 failed");
    }

    @Test
    void notesComeLast() throws IOException {
        try (FakeServer server = FakeServer.start(serving("tcp:", "well"));
                FakeServer owing = FakeServer.start(owing("owing"));
                FakeServer failed = FakeServer.start(serving("tcp:", "failed"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PING");
            failOn(failed);
            for (FakeServer one : List.of(server, owing, failed)) {
                result.verifyCutShort(one, new IllegalStateException());
            }
        }
        assertThat(order()).containsExactly("failed", "owing", "well");
        assertThat(result.failure(TEST).orElseThrow().getSuppressed()).hasSize(2);
    }

    /** What a test that fails prints about a server, whose script expects PING and whose client has sent that. */
    private static String printed(String url, Throwable testFailure, Behaviour... steps) throws IOException {
        try (FakeServer server = FakeServer.start(url, steps);
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PING");
            VerificationResult result = new VerificationResult();
            result.verifyCutShort(server, testFailure);
            return printed(result, testFailure);
        }
    }

    private static String printed(VerificationResult result, Throwable testFailure) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            result.suppressIn(testFailure);
        } finally {
            System.setErr(before);
        }
        return Reports.normal(printed.toString(UTF_8));
    }

    @Test
    void printsOtherFailuresBesideTheReportOfAServer() throws IOException {
        try (FakeServer first = FakeServer.start(serving("tcp:", "first"));
                FakeServer second = FakeServer.start(serving("tcp:", "second"))) {
            failOn(first);
            failOn(second);
            List<FakeServer> servers = List.of(first, second);
            Throwable report = FirstCause.of(servers, new EOFException("connection closed"), TEST, NO_CAPTURES);
            assertThat(Reports.message(report))
                    .startsWith("tcp://127.0.0.1:PORT [first], connection 0: step 1 of 1 failed\n");

            result.addDropped(servers, report);
            result.verifyTest(servers, report);

            assertThat(printed(result, report))
                    .isEqualTo("socket-harness: also: tcp://127.0.0.1:PORT [second], connection 0: step 1 of 1 failed:"
                            + " expected PING, received PONG\n");
        }
    }

    @Test
    void printsAllFailuresBesideAnotherException() throws IOException {
        try (FakeServer server = FakeServer.start(serving("tcp:", "server"))) {
            failOn(server);
            Throwable own = new AssertionError("its own failure");

            result.addDropped(List.of(server), own);
            result.verifyTest(List.of(server), own);

            assertThat(printed(result, own))
                    .isEqualTo(
                            "socket-harness: tcp://127.0.0.1:PORT [server], connection 0: step 1 of 1 failed: expected"
                                    + " PING, received PONG\n");
        }
    }

    @Test
    void printsThatAScriptIsComplete() throws IOException {
        assertThat(printed("tcp:", new SocketTimeoutException("Read timed out"), expectLine("PING")))
                .isEqualTo("socket-harness: tcp://127.0.0.1:PORT, connection 0: its script is complete, and the server"
                        + " sends nothing more; the connection stays open after the last step. Does the client wait for"
                        + " the rest of an answer, or for @close?\n");
    }

    @Test
    void asksWhatTheClientWaitsForOnlyIfTheConnectionIsOpen() throws IOException {
        String complete = "socket-harness: tcp://127.0.0.1:PORT, connection 0: its script ";
        assertThat(afterEnd((server, client) -> {}, expectLine("PING"), halfClose()))
                .isEqualTo(complete + "is complete, and the server sends nothing more: it has closed its side of the"
                        + " connection\n");
        assertThat(afterEnd((server, client) -> client.close(), expectLine("PING")))
                .isEqualTo(complete + "was complete before the client ended the connection\n");
        assertThat(afterEnd((server, client) -> server.connections().get(0).close(), expectLine("PING")))
                .isEqualTo(complete + "was complete before the server ended the connection\n");
    }

    private interface Ending {
        void end(FakeServer server, TestClient client) throws IOException;
    }

    private static String afterEnd(Ending ending, Behaviour... steps) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", steps);
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            Exchange exchange = server.recording().awaitExchange(0);
            exchange.await(all -> all.has(Event.Kind.COMPLETED), server.spec().timeout());
            ending.end(server, client);
            IOException failure = new SocketTimeoutException("Read timed out");
            VerificationResult result = new VerificationResult();
            result.verifyCutShort(server, failure);
            return printed(result, failure);
        }
    }

    @Test
    void printsThatNoScriptServesAConnection() throws IOException {
        assertThat(printed("tcp:", new SocketTimeoutException("Read timed out")))
                .isEqualTo("socket-harness: tcp://127.0.0.1:PORT, connection 0: no script serves it: received bytes are"
                        + " recorded but not answered. Give the server a script, or call enqueue or accept() in the"
                        + " test.\n");
    }

    @Test
    void theLineOfAClientThatBeganTlsSaysWhatToDo() throws IOException {
        try (FakeServer server = FakeServer.start(serving("tcp:", "plain"));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0x16, (byte) 3, (byte) 1, (byte) '\n').readToEnd();

            assertThat(line(server))
                    .isEqualTo(
                            "tcp://127.0.0.1:PORT [plain], connection 0: step 1 of 1 failed: the client began TLS, but"
                                    + " this server does not speak it. Does the client use plain text, such as http? If it should"
                                    + " use TLS, use the transport tls, or begin TLS with @starttls.");
        }
    }

    @Test
    void printsNoNoteBesideAnAssertion() throws IOException {
        assertThat(printed("tcp:", new AssertionError("its own failure"), expectLine("PING")))
                .isEmpty();
    }

    @Test
    void printsNoNoteBesideAnAbort() throws IOException {
        assertThat(printed("tcp:", new TestAbortedException("not today"), expectLine("PING")))
                .isEmpty();
    }

    @Test
    void printsThatAServerIsDown() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.goDown();

            assertThat(ServerAccess.running(server)
                            .verifier()
                            .describeConnections()
                            .orElseThrow()
                            .inOneLine())
                    .isEqualTo(server.uri() + ": the server is down: goDown() was called, and listen() accepts clients"
                            + " again");
        }
    }

    @Test
    void theLineOfANoteIsAboutTheLastConnectionThatMayWait() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("PING"));
                TestClient.Udp one = TestClient.Udp.connect(server);
                TestClient.Udp two = TestClient.Udp.connect(server)) {
            one.send("PING");
            server.recording().awaitExchange(0).awaitReceived("PING");
            two.send("PING");
            server.recording().awaitExchange(1).awaitReceived("PING");

            assertThat(ServerAccess.running(server)
                            .verifier()
                            .describeConnections()
                            .orElseThrow()
                            .inOneLine())
                    .isEqualTo(server.uri() + ", connection 1: its script is complete, and the server sends nothing"
                            + " more. Does the client wait for another datagram?");
        }
    }

    @Test
    void ignoresOutstandingStepsOfAServerThatContinues() {
        try (FakeServer server = FakeServer.start(owing("server"))) {
            result.verifyNoFailures(server);
        }
        assertThat(result.failure(TEST)).isEmpty();
    }

    @Test
    void reportsOutstandingStepsOfAFailedTest() {
        try (FakeServer server = FakeServer.start(owing("server"))) {
            result.verifyCutShort(server, new IllegalStateException());
        }
        assertThat(result.failure(TEST).orElseThrow())
                .hasMessageMatching(
                        "(?s)(\\S+) \\[server\\]: no client connected before the test failed. Does the client use"
                                + " \\1\\?\n\n.*");
    }

    @Test
    void reportsTheStateOfAServerUnlessTheTestFailureContainsIt() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PING");
            AssertionError own = catchThrowableOfType(
                    AssertionError.class,
                    () -> SocketAssertions.assertThat(server).hasConnections(0));

            result.verifyCutShort(server, own);
            assertThat(result.failure(TEST)).isEmpty();
            result.verifyCutShort(server, new IllegalStateException());
            assertThat(result.failure(TEST).orElseThrow())
                    .hasMessageStartingWith(
                            server.uri() + ": no step was outstanding when the test failed; the connections were:"
                                    + "\n\nconnection 0: its script is complete, and the server sends nothing more;"
                                    + " the connection stays open after the last step\n\n  Does the client wait for"
                                    + " the rest of an answer, or for @close?\n\n  dialogue");
        }
    }

    @Test
    void asksWhatTheClientWaitsForIfTheTestHasFailed() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            server.recording().awaitExchange(0);

            result.verifyCutShort(server, new SocketTimeoutException("Read timed out"));

            assertThat(Reports.message(result.failure(TEST).orElseThrow()))
                    .startsWith("tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed\n\n  the line \"PING\" did not"
                            + " arrive before the test failed\n\n  Does the client wait for something that the script"
                            + " does not send?\n\n  dialogue");
        }
    }

    @Test
    void reportsThatTheServerIsDown() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.goDown();

            result.verifyCutShort(server, new ConnectException("Connection refused"));

            assertThat(result.failure(TEST).orElseThrow())
                    .hasMessage(server.uri() + ": no step was outstanding when the test failed; the server"
                            + " is down: goDown() was called, and listen() accepts clients again");
        }
    }

    @Test
    void reportsThatTheServerRefusesClientsWithTheConnectionsBefore() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PING");
            server.refuse();

            result.verifyCutShort(server, new ConnectException("Connection refused"));

            assertThat(result.failure(TEST).orElseThrow())
                    .hasMessageStartingWith(server.uri() + ": no step was outstanding when the test failed;"
                            + " the server refuses clients: refuse() was called, and listen() accepts them"
                            + " again; the connections were:\n\nconnection 0: its script is complete");
        }
    }

    @Test
    void reportsThatNoClientCouldConnect() {
        try (FakeServer server = FakeServer.start(owing("server"))) {
            server.refuse();

            result.verifyCutShort(server, new IllegalStateException());

            assertThat(result.failure(TEST).orElseThrow())
                    .hasMessageStartingWith(
                            server.uri() + " [server]: no client connected before the test failed; the server refuses"
                                    + " clients: refuse() was called, and listen() accepts them again.\n\n");
        }
    }

    @Test
    void saysNothingAboutAServerThatListensAgain() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.goDown();
            server.listen();

            result.verifyCutShort(server, new ConnectException("Connection refused"));

            assertThat(result.failure(TEST)).isEmpty();
        }
    }

    @Test
    void reportsACompleteScriptOfAClientThatHasLeftAndAMissingEndOfLine() throws IOException {
        assertThat(afterAClientThatHasLeft(send("PONG")))
                .hasMessageContaining("connection 0: its script was complete before the client ended the connection;"
                        + " the last line that it sent has no end of line\n\n");
    }

    @Test
    void reportsACompleteScriptOfAClientThatHasLeft() throws IOException {
        assertThat(afterAClientThatHasLeft(sendLine("PONG")))
                .hasMessageContaining(
                        "connection 0: its script was complete before the client ended the connection\n\n");
    }

    /** The failure of a test whose client got an answer, waited for more, and closed the connection. */
    private AssertionError afterAClientThatHasLeft(Behaviour answer) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), answer)) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("PING\n");
                server.recording().awaitExchange(0).await(one -> one.has(Event.Kind.COMPLETED), TIMEOUT);
            }
            server.recording().awaitExchange(0).awaitEnd();

            result.verifyCutShort(server, new SocketTimeoutException("Read timed out"));

            return result.failure(TEST).orElseThrow();
        }
    }

    /** What the test failed with, where one of its own assertions or waits had shown the dialogue. */
    static Stream<Arguments> failuresThatShowTheDialogue() {
        return Stream.of(
                failure(
                        "an assertion on a server",
                        server -> assertThatServer(server).hasConnections(0)),
                failure(
                        "an assertion on a connection",
                        server -> assertThatServer(server).connection(0).received("PONG\n")),
                failure(
                        "an assertion on an end",
                        server -> assertThatServer(server)
                                .within(Duration.ZERO)
                                .connection(0)
                                .closedByClient()),
                failure(
                        "an assertion on the recording",
                        server -> assertThatServer(server).received("PONG\n")),
                failure(
                        "an assertion on silence",
                        server -> assertThatServer(server).receivedNothing(Duration.ZERO)),
                failure(
                        "an assertion on the silence of a connection",
                        server -> assertThatServer(server).connection(0).receivedNothing(Duration.ZERO)),
                failure("a wait for a connection", server -> server.recording().awaitExchange(1)),
                failure("a wait for text", server -> server.recording().awaitReceived("PONG")),
                failure(
                        "a wait for text of a connection",
                        server -> server.recording().awaitExchange(0).awaitReceived("PONG")),
                failure("accept()", server -> {
                    server.accept();
                }),
                failure("a receive", server -> server.accept().receiveLine()));
    }

    /** Fails on a server that has one connection, which has sent {@code PING}. */
    private interface Failing {
        void on(FakeServer server);
    }

    private static Arguments failure(String name, Failing failing) {
        return Arguments.of(name, failing);
    }

    private static FakeServerAssert assertThatServer(FakeServer server) {
        return SocketAssertions.assertThat(server);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresThatShowTheDialogue")
    void addsNoNoteToAFailureThatShowsTheDialogue(String name, Failing failing) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=50ms");
                TestClient client = TestClient.connect(server)) {
            client.send("PING");
            server.recording().awaitExchange(0).awaitReceived("PING");
            if (name.equals("accept()")) {
                server.accept();
            }
            Throwable shown = catchThrowable(() -> failing.on(server));
            assertThat(shown).isNotNull();

            result.verifyCutShort(server, shown);
            result.verifyCutShort(server, new IllegalStateException("wrapped", shown));
            IllegalStateException other = new IllegalStateException();
            other.addSuppressed(shown);
            result.verifyCutShort(server, other);

            assertThat(result.failure(TEST)).isEmpty();
        }
    }

    @Test
    void addsANoteToAFailureThatOnlyNamesTheServer() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PING");

            result.verifyCutShort(server, new IOException(server.uri() + " did not answer"));

            assertThat(result.failure(TEST).orElseThrow())
                    .hasMessageStartingWith(server.uri() + ": no step was outstanding when the test failed;");
        }
    }

    @Test
    void addsANoteToAFailureWhoseMessageTheUserWrote() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PING");
            AssertionError own = catchThrowableOfType(
                    AssertionError.class,
                    () -> assertThatServer(server).withFailMessage("too many").hasConnections(0));

            result.verifyCutShort(server, own);

            assertThat(result.failure(TEST).orElseThrow())
                    .hasMessageStartingWith(server.uri() + ": no step was outstanding when the test failed;");
        }
    }

    @Test
    void knowsWhatIsNotAFailure() {
        assertThat(VerificationResult.isAbort(new TestAbortedException())).isTrue();
        assertThat(VerificationResult.isAbort(new TestAbortedException() {
                    private static final long serialVersionUID = 1;
                }))
                .isTrue();
        assertThat(VerificationResult.isAbort(new IllegalStateException())).isFalse();
        assertThat(VerificationResult.isAbort(null)).isFalse();
    }

    @Test
    void passesOverAServerThatIsNotStrict() {
        try (FakeServer server =
                FakeServer.start(owing("server").toBuilder().strict(false).build())) {
            result.verify(server);
            result.verifyNoFailures(server);
        }
        assertThat(result.failure(TEST)).isEmpty();
    }
}
