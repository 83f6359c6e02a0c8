package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Round;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A classic service with one answer: sends it immediately and closes, or on datagrams, sends one for each. */
final class Service {

    private Service() {}

    static @Nullable Round next(Connection connection, Supplier<byte[]> answer) {
        if (!connection.isDatagrams()) {
            try {
                connection.send(answer.get());
            } catch (ClientGone gone) {
                // close it anyway
            }
            connection.close();
            return null;
        }
        connection.receiveDatagram();
        connection.send(answer.get());
        return Round.DONE;
    }
}
