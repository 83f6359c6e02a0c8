package io.socketharness.internal.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DialogueTextTest {

    @Test
    void theTimesStandInOneColumnBesideLongLinesToo() throws Exception {
        String dialogue = dialogueOf("""
                S: short
                S: a line that is longer than the usual column
                """);

        assertThat(dialogue).isEqualTo("""
                connection 0                                              T  opened by CLIENT
                  S: short                                                T
                  S: a line that is longer than the usual column          T
                                                                          T  closed by the client""");
    }

    @Test
    void aVeryLongLineDoesNotPushTheTimesOfTheOthers() throws Exception {
        String dialogue = dialogueOf("S: short\nS: " + "long ".repeat(20) + "\n");

        assertThat(dialogue).isEqualTo("""
                connection 0                               T  opened by CLIENT
                  S: short                                 T
                  S: %s          T
                                                           T  closed by the client""".formatted("long ".repeat(20)));
    }

    /** With a mark in place of each time, which is ten characters wide, and of the client's address. */
    private static String dialogueOf(String script) throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script))) {
            try (Socket client = new Socket(server.host(), server.port())) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                assertThat(in.readLine()).isEqualTo("short");
                assertThat(in.readLine()).contains("long");
            }
            Exchange exchange = server.recording().awaitExchange(0).awaitEnd();
            return Pattern.compile("[0-9.]+ ms")
                    .matcher(exchange.toString())
                    .replaceAll(time -> " ".repeat(time.group().length() - 1) + "T")
                    .replaceAll("127.0.0.1:\\d+", "CLIENT");
        }
    }
}
