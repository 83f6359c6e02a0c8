package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetworkEffectsTest {

    /** TLS answers the client on another thread, while a send waits for the lock of TLS. */
    @Test
    void dataIsSentWhileAnotherSendHasTheLockOfTheRecorder() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:");
                Socket client = new Socket(server.address().getAddress(), server.port())) {
            assertThat(client.isConnected()).isTrue();
            ExchangeRecorder recorder = ExchangeRecorder.of(server.recording().awaitExchange(0));
            recorder.send(ByteBuffer.wrap(new byte[] {1}), data -> {
                FutureTask<NetworkEffects.Data> answer =
                        new FutureTask<>(() -> recorder.effects().sending());
                new Thread(answer).start();
                try {
                    assertThat(answer.get(10, TimeUnit.SECONDS)).isNotNull();
                } catch (Exception blocked) {
                    throw new AssertionError("another thread cannot send", blocked);
                }
                data.position(data.limit());
            });
        }
    }
}
