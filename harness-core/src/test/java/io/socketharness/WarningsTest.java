package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server says when it is closed with failures: once, and only where nobody else has said it. */
@Timeout(60)
class WarningsTest {

    private static final Script SCRIPT = Script.parse("C: one\nC: two\n");

    private final Logger logger = Logger.getLogger("io.socketharness");
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void ofAFailureThatNobodyVerified() throws IOException {
        String title;
        try (FakeServer server = FakeServer.start("tcp:", SCRIPT);
                TestClient client = TestClient.connect(server)) {
            title = server.recording().title();
            assertThat(client.send("wrong\n").readToEnd()).isEmpty();
        }

        assertThat(about(title))
                .singleElement()
                .asString()
                .startsWith("a server was closed with 1 failure that no test verified; the first: " + title
                        + ", connection 0: step 1 of 2 failed");
    }

    @Test
    void notOfRemainingFailuresAfterAFailedVerification() throws IOException {
        String title;
        try (FakeServer server = FakeServer.start("tcp:", SCRIPT);
                TestClient right = TestClient.connect(server);
                TestClient wrong = TestClient.connect(server)) {
            title = server.recording().title();
            right.send("one\n");
            assertThat(wrong.send("wrong\n").readToEnd()).isEmpty();

            assertThatThrownBy(server::verify).hasMessageContaining("received  wrong");
        }

        assertThat(about(title)).isEmpty();
    }

    private List<String> about(String title) {
        return warnings.stream().filter(warning -> warning.contains(title)).toList();
    }
}
