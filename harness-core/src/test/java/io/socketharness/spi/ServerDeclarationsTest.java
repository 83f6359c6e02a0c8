package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.spi.ExampleFramework.SocketServer;
import io.socketharness.spi.ExampleFramework.Wrong;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerDeclarationsTest {

    private static final ServerDeclarations<SocketServer> DECLARATIONS =
            new ServerDeclarations<>(ExampleFramework.INSTANCE);

    @SocketServer(name = "mail")
    interface WithMail {}

    @SocketServer
    @SocketServer(name = "dns")
    static class Base {}

    @SocketServer(name = "dns")
    static class Sheet extends Base implements WithMail {
        @SocketServer
        @Nullable
        FakeServer server;

        @SocketServer
        @SocketServer(name = "dns")
        @Nullable
        FakeServer two;

        @SocketServer(host = "host.invalid")
        @Nullable
        FakeServer unknownHost;
    }

    @SocketServer
    static class Nested {}

    @SocketServer
    @SocketServer
    static class Unnamed {}

    @SocketServer(name = "x")
    @SocketServer(name = "x")
    static class SameNames {}

    @Test
    void nearerServerTakesThePlaceOfOneWithTheSameName() {
        assertThat(DECLARATIONS.nearest(List.of(sheet(Sheet.class))))
                .extracting(ServerDeclaration::subject)
                .containsExactly(
                        "@SocketServer on sheet [Base]",
                        "@SocketServer on sheet [Sheet]",
                        "@SocketServer on sheet [WithMail]");
        assertThat(DECLARATIONS.nearest(List.of(sheet(Sheet.class), sheet(Nested.class))))
                .extracting(ServerDeclaration::name, ServerDeclaration::place)
                .containsExactly(
                        tuple("Nested", "sheet [Nested]"),
                        tuple("dns", "sheet [Sheet]"),
                        tuple("mail", "sheet [WithMail]"));
    }

    @Test
    void rejectsServersOfOneElementWithOneName() {
        assertThatThrownBy(() -> DECLARATIONS.nearest(List.of(sheet(Unnamed.class))))
                .isInstanceOf(Wrong.class)
                .hasMessage("@SocketServer on sheet [Unnamed]: found several without a name; give each server its"
                        + " own name");
        assertThatThrownBy(() -> DECLARATIONS.nearest(List.of(sheet(SameNames.class))))
                .isInstanceOf(Wrong.class)
                .hasMessage("@SocketServer on sheet [SameNames]: found several named \"x\"; give each server its"
                        + " own name");
    }

    @Test
    void fieldHasOneServer() {
        assertThat(DECLARATIONS.single(field("server")))
                .hasValueSatisfying(server -> assertThat(server.place()).isEqualTo("field [server] of [Sheet]"));
        assertThatThrownBy(() -> DECLARATIONS.single(field("two")))
                .isInstanceOf(Wrong.class)
                .hasMessage("@SocketServer on field [two] of [Sheet]: found 2; one is allowed on a field or parameter,"
                        + " any number on a sheet or row");
    }

    @Test
    void titleHasTheTestClassAndServerOfAClassIsOptional() {
        ServerSpec ofField = DECLARATIONS.single(field("server")).orElseThrow().spec(Nested.class);
        ServerSpec ofClass =
                DECLARATIONS.nearest(List.of(sheet(Nested.class))).get(0).spec(Sheet.class);

        assertThat(ofField.name()).contains("Nested.server");
        assertThat(ofField.isOptional()).isFalse();
        assertThat(ofClass.name()).contains("Nested");
        assertThat(ofClass.isOptional()).isTrue();
    }

    @Test
    void serverThatCannotStartIsReportedWithItsDeclaration() {
        ServerDeclaration server = DECLARATIONS.single(field("unknownHost")).orElseThrow();
        String message =
                "@SocketServer on field [unknownHost] of [Sheet]: cannot start tcp://host.invalid:0: no address"
                        + " is known for the host \"host.invalid\"; use an address of this machine, such as 127.0.0.1";

        assertThatThrownBy(() -> ServerStart.start(
                        ExampleFramework.INSTANCE,
                        server,
                        () -> server.spec(Sheet.class),
                        List.of(),
                        new TestRun(ServerDeclarationsTest.class, null, "", "", name -> Optional.empty())))
                .isInstanceOf(Wrong.class)
                .hasMessage(message);
        assertThatThrownBy(() -> ServerStart.start(
                        ExampleFramework.INSTANCE,
                        server,
                        () -> {
                            throw new IllegalArgumentException("found that");
                        },
                        List.of(),
                        new TestRun(ServerDeclarationsTest.class, null, "", "", name -> Optional.empty())))
                .isInstanceOf(Wrong.class)
                .hasMessage("@SocketServer on field [unknownHost] of [Sheet]: found that");
    }

    private static TestElement sheet(Class<?> type) {
        return TestElement.ofClass(type, "sheet");
    }

    private static TestElement field(String name) {
        try {
            return TestElement.ofField(Sheet.class.getDeclaredField(name), name);
        } catch (NoSuchFieldException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
