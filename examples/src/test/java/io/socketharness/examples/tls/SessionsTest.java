package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.examples.tls.Page.PAGE;
import static io.socketharness.examples.tls.Page.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Clients that resume sessions, and servers that forget or refuse them. */
class SessionsTest {

    // tag::resumed[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", script = PAGE)
    void resumesItsSession(FakeServer server) throws Exception {
        SSLContext context = server.tls().clientContext(); // keeps the sessions of the client
        get(server, context);
        get(server, context);

        assertThat(server).connection(0).didNotResumeSession();
        assertThat(server).connection(1).resumedSession();
    }
    // end::resumed[]

    // tag::forgotten[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", script = PAGE)
    void survivesARestartOfTheServer(FakeServer server) throws Exception {
        SSLContext context = server.tls().clientContext();
        get(server, context);

        server.tls().forgetSessions();

        assertThat(get(server, context)).isEqualTo("hello");
        assertThat(server).connection(1).didNotResumeSession();
    }
    // end::forgotten[]

    @Test
    @SocketServer(transport = "tls", host = "localhost", resumption = false, script = PAGE)
    void doesWithoutSessions(FakeServer server) throws Exception {
        SSLContext context = server.tls().clientContext();
        get(server, context);

        assertThat(get(server, context)).isEqualTo("hello");
        assertThat(server).connection(1).didNotResumeSession();
    }
}
