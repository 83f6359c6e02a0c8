package io.socketharness.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.recording.Capture;
import io.socketharness.script.Script;
import io.socketharness.spi.TestCaptures.Attachments;
import io.socketharness.testing.JdkClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the files of a test. */
abstract class CapturesTest {

    final Map<String, String> parameters = new HashMap<>();

    @TempDir
    Path directory;

    @BeforeEach
    void chooseDirectory() {
        parameters.put("socketharness.capture.directory", directory.toString());
    }

    TestCaptures captures(String method) {
        return captures(method, Attachments.NONE);
    }

    TestCaptures captures(String method, Attachments attachments) {
        TestRun test =
                new TestRun(CapturesTest.class, null, method, "", name -> Optional.ofNullable(parameters.get(name)));
        return new TestCaptures(test, attachments);
    }

    static FakeServer failed(String name, Capture capture) throws IOException {
        FakeServer server = FakeServer.start(ServerSpec.builder("tcp")
                .name(name)
                .capture(capture)
                .redact("SECRET (\\w+)")
                .script(Script.parse("C: PING"))
                .build());
        JdkClient.tcp(server.address(), "SECRET sesame\n");
        server.recording().awaitExchange(0).awaitEnd();
        return server;
    }

    static VerificationResult verified(FakeServer... servers) {
        VerificationResult result = new VerificationResult();
        result.verifyTest(List.of(servers), null);
        return result;
    }

    static String message(VerificationResult result) {
        return result.failure(new TestCode(CapturesTest.class, "test"))
                .map(Throwable::getMessage)
                .orElse("passed");
    }

    static String printed(Runnable run) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            run.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(UTF_8);
    }

    static List<String> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The text of all files below the directory. */
    String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : files(directory)) {
            all.append(Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    static FakeServer talked(String name, String script, String text, String... redact) throws IOException {
        ServerSpecBuilder spec = ServerSpec.builder("tcp").name(name).script(Script.parse(script));
        for (String secret : redact) {
            spec.redact(secret);
        }
        FakeServer server = FakeServer.start(spec.build());
        JdkClient.tcp(server.address(), text);
        server.recording().awaitExchange(0).awaitEnd();
        return server;
    }
}
