package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends lines of 72 characters until the client closes, whatever it sends; on datagrams, one line for each datagram
 * (RFC 864).
 */
public record Chargen() implements Step {

    private static final int FIRST = ' ' + 1;
    private static final int CHARACTERS = 94;

    @Override
    public void run(Connection connection) {
        for (int line = 0; ; line++) {
            if (connection.isDatagrams()) {
                connection.receiveDatagram();
            } else if (connection.discardAvailable()) {
                return;
            }
            try {
                connection.send(line(line));
            } catch (ClientGone gone) {
                // the client's data is not unexpected
                connection.close();
                return;
            }
        }
    }

    private static byte[] line(int number) {
        StringBuilder line = new StringBuilder(74);
        for (int i = 0; i < 72; i++) {
            line.append((char) (FIRST + (number + i) % CHARACTERS));
        }
        return line.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Obligation obligation() {
        return Obligation.NONE;
    }

    @Override
    public boolean dropsInput() {
        return true;
    }

    @Override
    public boolean isEndless() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of("@chargen");
    }
}
