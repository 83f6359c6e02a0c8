package io.socketharness.examples.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The client of a thermometer, without the weaknesses of {@link Thermometer}. */
final class CarefulThermometer {

    private final InetSocketAddress address;

    CarefulThermometer(InetSocketAddress address) {
        this.address = address;
    }

    // tag::read[]
    double read() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 300);
            socket.setSoTimeout(300);
            socket.getOutputStream().write("TEMP?\r\n".getBytes(US_ASCII));
            return Double.parseDouble(wholeLine(socket.getInputStream()));
        }
    }

    private static String wholeLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the thermometer hung up in the middle of a line");
            }
            line.write(next);
        }
        return line.toString(US_ASCII);
    }
    // end::read[]
}
