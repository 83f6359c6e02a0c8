package io.socketharness.examples.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code under test of {@link DatagramsTest}: reads sensors. Each question has an id of two bytes, which its answer
 * repeats. A question without an answer is sent once more, with a new id.
 */
final class Sensors {

    private static final int ATTEMPTS = 2;

    private final InetSocketAddress server;
    private short lastId;

    Sensors(InetSocketAddress server) {
        this.server = server;
    }

    List<String> read(String... names) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(1_000);
            List<String> missing = new ArrayList<>(List.of(names));
            for (int attempt = 0; attempt < ATTEMPTS && !missing.isEmpty(); attempt++) {
                ask(socket, missing, values);
                missing.removeAll(values.keySet());
            }
        }
        return Arrays.stream(names).map(values::get).toList();
    }

    private void ask(DatagramSocket socket, List<String> names, Map<String, String> values) throws IOException {
        Map<Short, String> asked = new HashMap<>();
        for (String name : names) {
            byte[] question = ByteBuffer.allocate(2 + name.length())
                    .putShort(++lastId)
                    .put(name.getBytes(US_ASCII))
                    .array();
            asked.put(lastId, name);
            socket.send(new DatagramPacket(question, question.length));
        }
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        while (!asked.isEmpty()) {
            try {
                socket.receive(answer);
            } catch (SocketTimeoutException silence) {
                return;
            }
            String name = asked.remove(ByteBuffer.wrap(answer.getData()).getShort());
            if (name != null) {
                values.put(name, new String(answer.getData(), 2, answer.getLength() - 2, US_ASCII));
            }
        }
    }
}
