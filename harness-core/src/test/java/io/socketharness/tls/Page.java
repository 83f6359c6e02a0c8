package io.socketharness.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The JDK's client, which checks the host. */
final class Page {

    private Page() {}

    static String get(PageServer server, SSLContext trust) throws IOException {
        return get(server, trust, "localhost", "TLSv1.3");
    }

    static String get(PageServer server, SSLContext trust, String host, String protocol) throws IOException {
        try (Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
                SSLSocket socket =
                        (SSLSocket) trust.getSocketFactory().createSocket(plain, host, server.port(), true)) {
            socket.setSoTimeout(5_000);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }
}
