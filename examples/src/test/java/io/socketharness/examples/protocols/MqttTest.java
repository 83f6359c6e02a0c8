package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

/** MQTT 3.1.1: Paho, the client of HiveMQ, and curl. */
@SocketServer(scriptResource = "/scripts/mqtt.script")
class MqttTest {

    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final CompletableFuture<MqttException> lost = new CompletableFuture<>();

    @Test
    void pahoPublishesAndIsAcknowledged(FakeServer broker) throws Exception {
        MqttClient client = paho(broker);
        client.connect();
        client.publish("orders", "one tea".getBytes(UTF_8), 1, false); // waits for the acknowledgement
        client.disconnect();
        client.close();

        assertThat(broker).connection(0).receivedContaining("one tea");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/mqtt-refused.script")
    void pahoTellsThatItIsNotAuthorized(FakeServer broker) throws Exception {
        try (MqttClient client = paho(broker)) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1); // else it tries 3.1 too
            assertThatThrownBy(() -> client.connect(options))
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode())
                                    .isEqualTo(MqttException.REASON_CODE_NOT_AUTHORIZED));
        }
    }

    @Test
    @SocketServer(scriptResource = "/scripts/mqtt-silent.script")
    void pahoReportsAMissingPingResponse(FakeServer broker) throws Exception {
        try (MqttClient client = paho(broker)) {
            client.setCallback(callback());
            client.connect(keepAliveOfOneSecond());

            assertThat(lost)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .extracting(MqttException::getReasonCode)
                    .isEqualTo((int) MqttException.REASON_CODE_CLIENT_TIMEOUT);
            assertThat(broker)
                    .connection(0)
                    .receivedContaining(Bytes.parseHex("c000"))
                    .closedByClient();
        }
    }

    @Test
    @SocketServer(scriptResource = "/scripts/mqtt-ticker.script")
    void pahoNeedsNoPingResponseWhileMessagesArrive(FakeServer broker) throws Exception {
        try (MqttClient client = paho(broker)) {
            client.setCallback(callback());
            client.connect(keepAliveOfOneSecond());

            // the client sends three pings in 3 s, and without the messages it gives up after 2 s
            assertThat(broker)
                    .connection(0)
                    .within(Duration.ofSeconds(30))
                    .receivedContaining(Bytes.parseHex("c000 c000 c000"));
            assertThat(orders.poll(5, TimeUnit.SECONDS)).isEqualTo("one tea");
            assertThat(lost).isNotDone();
            client.disconnect(0); // does not wait for the missing responses
        }
    }

    @Test
    void hiveMqGetsWhatItHasSubscribedTo(FakeServer broker) throws Exception {
        Mqtt3BlockingClient client = Mqtt3Client.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .buildBlocking();
        client.connect();
        try (Mqtt3BlockingClient.Mqtt3Publishes orders = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith()
                    .topicFilter("orders")
                    .qos(MqttQos.AT_MOST_ONCE)
                    .send();

            Optional<Mqtt3Publish> order = orders.receive(5, TimeUnit.SECONDS);
            assertThat(order)
                    .hasValueSatisfying(publish -> assertThat(publish.getPayloadAsBytes())
                            .asString(UTF_8)
                            .isEqualTo("one tea"));
        }
        client.disconnect();
    }

    @Test
    void curlPublishes(FakeServer broker) throws Exception {
        assertThat(Curl.run("mqtt://" + broker.host() + ":" + broker.port() + "/orders", "--data", "one tea"))
                .isEmpty();

        assertThat(broker).connection(0).receivedContaining("orders" + "one tea");
    }

    private static MqttConnectOptions keepAliveOfOneSecond() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setKeepAliveInterval(1);
        return options;
    }

    private MqttCallback callback() {
        return new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
                lost.complete((MqttException) cause);
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                orders.add(new String(message.getPayload(), UTF_8));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        };
    }

    private static MqttClient paho(FakeServer broker) throws MqttException {
        return new MqttClient("tcp://" + broker.host() + ":" + broker.port(), "shop", new MemoryPersistence());
    }
}
