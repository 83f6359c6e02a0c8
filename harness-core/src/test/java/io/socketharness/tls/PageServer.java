package io.socketharness.tls;

import io.socketharness.internal.tls.OneCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Serves a page over the JDK's own TLS, to one client at a time. */
final class PageServer implements AutoCloseable {

    private final SSLServerSocket socket;
    private final BlockingQueue<String> clients = new LinkedBlockingQueue<>();

    /** Asks for client certificates if there are authorities to trust. */
    PageServer(HeldCertificate certificate, @Nullable CertificateAuthority clients) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new OneCertificate[] {(OneCertificate) certificate.keyManager()},
                clients == null ? null : new TrustManager[] {clients.trustManager()},
                null);
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        socket.setNeedClientAuth(clients != null);
        Thread thread = new Thread(this::serve, "page server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The subject of the client whose request came first. */
    String awaitClient() throws InterruptedException {
        return clients.take();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (SSLSocket client = (SSLSocket) socket.accept()) {
                client.setSoTimeout(5_000);
                answer(client);
            } catch (IOException refused) {
                // The client tells why.
            }
        }
    }

    private void answer(SSLSocket client) throws IOException {
        BufferedReader request =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
            line = request.readLine();
        }
        if (socket.getNeedClientAuth()) {
            clients.add(client.getSession().getPeerPrincipal().getName());
        }
        client.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
