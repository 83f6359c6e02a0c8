package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.spi.ExampleFramework.FromServer;
import io.socketharness.spi.ExampleFramework.SocketServer;
import io.socketharness.spi.ExampleFramework.Wrong;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InjectionPointTest {

    private record Declared(String name, String place) implements DeclaredServer {
        @Override
        public String subject() {
            return "@SocketServer on " + place;
        }
    }

    private record Scope(Map<DeclaredServer, FakeServer> running, Collection<Declared> ofLaterTests)
            implements ServerScope {
        @Override
        public String whyLater(TestElement element) {
            return "no case has begun at " + element.name();
        }
    }

    private static final Declared MAIL = new Declared("mail", "sheet [Mail]");
    private static final Scope EMPTY = new Scope(Map.of(), List.of());

    static class Points {
        @SocketServer
        @Nullable
        FakeServer own;

        @FromServer
        int port;

        @FromServer("mail")
        @Nullable
        FakeServer mail;

        @FromServer("mail")
        @Nullable
        Thread thread;

        @SocketServer
        @FromServer("mail")
        @Nullable
        FakeServer both;
    }

    @Test
    void getsTheServerThatItPicksOrDeclares() {
        try (FakeServer mail = FakeServer.start("tcp:");
                FakeServer dns = FakeServer.start("udp:")) {
            ServerDeclaration own = new ServerDeclarations<>(ExampleFramework.INSTANCE)
                    .single(element("own"))
                    .orElseThrow();
            Scope both = new Scope(Map.of(MAIL, mail, own, dns), List.of());

            assertThat(point("mail").value(both)).isSameAs(mail);
            assertThat(point("own").value(both)).isSameAs(dns);
            assertThat(point("port").value(new Scope(Map.of(MAIL, mail), List.of())))
                    .isEqualTo(mail.port());
        }
    }

    @Test
    void errorNamesTheElementAndTheServersThatAreKnown() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Declared other = new Declared("mial", "row [sends]");

            assertWrong("mail", new Scope(Map.of(other, server), List.of()), """
                    @FromServer("mail") on field [mail] of [Points]: found no server named "mail"; did you mean \
                    "mial"?""");
            assertWrong("mail", new Scope(Map.of(new Declared("dns", "row [sends]"), server), List.of()), """
                    @FromServer("mail") on field [mail] of [Points]: found no server named "mail"; known are "dns" (row \
                    [sends])""");
            assertWrong("port", EMPTY, """
                    @FromServer("") on field [port] of [Points]: found no server; put @SocketServer on it, on the row, on the \
                    sheet or on a field""");
            assertWrong("both", EMPTY, """
                    @FromServer("mail") on field [both] of [Points]: found @SocketServer and @FromServer; one of them is \
                    allowed""");
            assertWrong("thread", EMPTY, """
                    @FromServer("mail") on field [thread] of [Points]: found the type java.lang.Thread; allowed are \
                    FakeServer, Recording, InetSocketAddress, UnixDomainSocketAddress, SocketAddress, URI, int, Integer, \
                    String, SSLContext, Path""");
        }
    }

    @Test
    void serverOfATestDoesNotRunBefore() {
        String tooEarly =
                "its server lives for one case, and no case has begun at %s; use a server that lives for the whole"
                        + " sheet: put @SocketServer on a global field";

        assertWrong("own", EMPTY, "@SocketServer on field [own] of [Points]: " + tooEarly.formatted("own"));
        assertWrong(
                "mail",
                new Scope(Map.of(), List.of(MAIL)),
                "@FromServer(\"mail\") on field [mail] of [Points]: " + tooEarly.formatted("mail"));
    }

    private static void assertWrong(String field, Scope scope, String message) {
        assertThatThrownBy(() -> point(field).value(scope))
                .isInstanceOf(Wrong.class)
                .hasMessage(message);
    }

    private static InjectionPoint point(String field) {
        return new InjectionPoint(
                ExampleFramework.INSTANCE, element(field), field(field).getType());
    }

    private static TestElement element(String field) {
        return TestElement.ofField(field(field), field);
    }

    private static Field field(String name) {
        try {
            return Points.class.getDeclaredField(name);
        } catch (NoSuchFieldException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
