package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MissedHeartbeatException;
import com.rabbitmq.client.ShutdownSignalException;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Bytes;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** AMQP 0-9-1: the client of RabbitMQ, and its heartbeats. */
class AmqpTest {

    private static final String HEARTBEAT = "08 0000 00000000 ce ";

    private final BlockingQueue<ShutdownSignalException> shutdowns = new LinkedBlockingQueue<>();

    // tag::heartbeats[]
    @Test
    @SocketServer(scriptResource = "/scripts/amqp.script")
    void rabbitMqStaysConnectedWhileThereAreHeartbeats(FakeServer broker) throws Exception {
        try (Connection connection = connect(broker)) {
            // the client sends six heartbeats in 3 s, and without those of the broker it gives up after 2 s
            assertThat(broker)
                    .connection(0)
                    .within(Duration.ofSeconds(30))
                    .receivedContaining(Bytes.parseHex(HEARTBEAT.repeat(6)));

            assertThat(connection.isOpen()).isTrue();
            assertThat(shutdowns).isEmpty();
        }
    }

    @Test
    @SocketServer(scriptResource = "/scripts/amqp-silent.script")
    void rabbitMqReportsMissedHeartbeats(FakeServer broker) throws Exception {
        Connection connection = connect(broker);

        ShutdownSignalException shutdown = shutdowns.poll(30, TimeUnit.SECONDS);

        assertThat(shutdown).isNotNull().hasCauseInstanceOf(MissedHeartbeatException.class);
        assertThat(broker)
                .connection(0)
                .receivedContaining(Bytes.parseHex(HEARTBEAT))
                .closedByClient();
        assertThat(connection.isOpen()).isFalse();
    }
    // end::heartbeats[]

    private Connection connect(FakeServer broker) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(broker.host());
        factory.setPort(broker.port());
        factory.setRequestedHeartbeat(1);
        factory.setAutomaticRecoveryEnabled(false);
        Connection connection = factory.newConnection();
        connection.addShutdownListener(shutdowns::add);
        return connection;
    }
}
