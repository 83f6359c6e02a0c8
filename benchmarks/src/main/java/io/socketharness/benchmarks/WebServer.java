package io.socketharness.benchmarks;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** The peer: MockWebServer, which answers each request over HTTP/1.1 and keeps the requests. */
final class WebServer implements Server {

    private static final MockResponse PONG =
            new MockResponse.Builder().body("PONG\r\n").build();
    /** Held, so that its level stays: it would print two lines for each server. */
    private static final Logger QUIET = Logger.getLogger(MockWebServer.class.getName());

    static {
        QUIET.setLevel(Level.WARNING);
    }

    private final MockWebServer server = new MockWebServer();

    private WebServer() {}

    /** One that has a single answer, as a test enqueues it. */
    static WebServer once() throws IOException {
        WebServer web = new WebServer();
        web.server.enqueue(PONG);
        web.server.start();
        return web;
    }

    /** One that has a single answer, through TLS. */
    static WebServer onceThrough(SSLSocketFactory tls) throws IOException {
        WebServer web = new WebServer();
        web.server.useHttps(tls);
        web.server.enqueue(PONG);
        web.server.start();
        return web;
    }

    static WebServer forever() throws IOException {
        WebServer web = new WebServer();
        web.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return PONG;
            }
        });
        web.server.start();
        return web;
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
