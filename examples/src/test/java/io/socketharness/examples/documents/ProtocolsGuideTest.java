package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

/** What the guide on protocols says is true: it names all scripts, each is short, and each is run by a test that it names. */
class ProtocolsGuideTest {

    private static final String SCRIPTS = "examples/src/test/resources/scripts/";
    private static final String TEXTS = "examples/src/test/resources/io/socketharness/examples/protocols/";

    @Test
    void namesEveryScript() throws IOException {
        assertThat(guide().links())
                .containsAll(scripts().stream()
                        .map(script -> "../" + SCRIPTS + script.getFileName())
                        .toList());
    }

    @Test
    void noScriptIsLong() throws IOException {
        assertThat(scripts())
                .hasSizeGreaterThan(20)
                .allSatisfy(script -> assertThat(Files.readAllLines(script)).hasSizeLessThanOrEqualTo(30));
    }

    @Test
    void theTestOfARowRunsItsScripts() throws IOException {
        assertThat(guide().rows("The scripts")).hasSizeGreaterThan(12).allSatisfy(row -> {
            String test = read(link(row.cells().get(3)));
            for (String script : row.cells().get(1).split(", ")) {
                assertThat(test).contains("/scripts/" + script.strip().replaceAll("\\[([^]]+)].*", "$1.script\""));
            }
        });
    }

    @Test
    void thereAreTwentyClients() throws IOException {
        Set<String> clients = guide().rows("The scripts").stream()
                .flatMap(row -> Stream.of(row.cells().get(2).split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());

        assertThat(clients).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void showsWhatAReportShows() throws Exception {
        Script script = Script.parse(read(SCRIPTS + "mqtt-refused.script"));
        MqttConnectOptions old = new MqttConnectOptions();
        old.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1);
        try (FakeServer broker = FakeServer.start("tcp:", script);
                MqttClient client =
                        new MqttClient("tcp://127.0.0.1:" + broker.port(), "shop", new MemoryPersistence())) {
            assertThat(catchThrowable(() -> client.connect(old))).isNotNull();

            assertThatThrownBy(broker::verify).hasMessageContaining(read(TEXTS + "difference.txt"));
        }
    }

    private static Markdown guide() throws IOException {
        return Markdown.read("docs/protocols.md");
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Markdown.ROOT.resolve(SCRIPTS))) {
            return files.sorted().toList();
        }
    }

    private static String link(String cell) {
        return cell.substring(cell.indexOf('(') + "(../".length(), cell.indexOf(')'));
    }

    private static String read(String file) throws IOException {
        return Files.readString(Markdown.ROOT.resolve(file));
    }
}
