package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Round;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A classic service that tells one thing: at once and then closes, or on datagrams, once for each. */
final class Service {

    private Service() {}

    static @Nullable Round next(Connection connection, Supplier<byte[]> answer) {
        if (!connection.isDatagrams()) {
            try {
                connection.send(answer.get());
            } catch (ClientGone gone) {
                // it closes all the same
            }
            connection.close();
            return null;
        }
        connection.receiveDatagram();
        connection.send(answer.get());
        return Round.DONE;
    }
}
