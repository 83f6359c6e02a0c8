package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import io.socketharness.internal.server.ServerAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerGroupTest {

    private record Declared(String name, String place) implements DeclaredServer {
        @Override
        public String subject() {
            return "@SocketServer on " + place;
        }
    }

    private static final Declared MAIL = new Declared("mail", "field [mail] of [LoginTest]");
    private static final Declared DNS = new Declared("dns", "method [login()]");

    private final ServerGroup<Declared> group = new ServerGroup<>();

    @Test
    void equalServersStartOnceAndStartedServersAreClosed() {
        FakeServer mail;
        try (group) {
            group.start(MAIL, () -> FakeServer.start("tcp:"));
            group.start(DNS, () -> FakeServer.start("udp:"));
            group.start(new Declared("mail", "field [mail] of [LoginTest]"), () -> {
                throw new AssertionError("it runs already");
            });

            assertThat(group.running().keySet()).containsExactly(MAIL, DNS);
            mail = ServerGroup.pick(group.running(), "mail").orElseThrow();
            assertThat(mail).isSameAs(group.running().get(MAIL));
            assertThat(mail.recording().isEnded()).isFalse();
        }
        assertThat(group.running().values())
                .hasSize(2)
                .contains(mail)
                .allMatch(server -> server.recording().isEnded());
    }

    @Test
    void timesOfServersBesideOthersCountFromTheStartOfTheFirst() {
        try (FakeServer first = ServerGroup.startBeside(List.of(), ServerSpec.parse("tcp:"));
                FakeServer second = ServerGroup.startBeside(List.of(first), ServerSpec.parse("udp:"));
                FakeServer third = ServerGroup.startBeside(List.of(second, first), ServerSpec.parse("tcp:"));
                FakeServer alone = FakeServer.start("tcp:")) {
            long origin = ServerAccess.running(first).recorder().origin();

            assertThat(ServerAccess.running(second).recorder().origin()).isEqualTo(origin);
            assertThat(ServerAccess.running(third).recorder().origin()).isEqualTo(origin);
            assertThat(ServerAccess.running(alone).recorder().origin()).isGreaterThan(origin);
        }
    }

    @Test
    void theNextServerRunsAlthoughAnotherOneCouldNotBeStarted() {
        try (group) {
            assertThatThrownBy(() -> group.start(MAIL, () -> FakeServer.start("tcp://host.invalid:0")))
                    .isInstanceOf(ServerStartException.class);
            group.start(DNS, () -> FakeServer.start("udp:"));

            assertThat(group.running().keySet()).containsExactly(DNS);
        }
    }

    @Test
    void anEmptyNameMeansTheOnlyOne() {
        try (group) {
            group.start(MAIL, () -> FakeServer.start("tcp:"));
            assertThat(ServerGroup.pick(group.running(), "")).isPresent();

            group.start(DNS, () -> FakeServer.start("udp:"));
            assertThatThrownBy(() -> ServerGroup.pick(group.running(), ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("found several servers: \"mail\" (field [mail] of [LoginTest]), \"dns\" (method"
                            + " [login()]); pick one with @FromServer");
        }
    }

    @Test
    void reportsUnknownOrAmbiguousName() {
        assertThat(ServerGroup.pick(Map.of(), "mial")).isEmpty();
        assertThat(ServerGroup.unknown(Set.of(DNS), "mial"))
                .isEqualTo("found no server named \"mial\"; known are \"dns\" (method [login()])");
        assertThat(ServerGroup.unknown(List.of(DNS, MAIL), "mial"))
                .isEqualTo("found no server named \"mial\"; did you mean \"mail\"?");
        assertThat(ServerGroup.unknown(Set.of(new Declared("", "parameter 1 (FakeServer) of [login()]")), "mial"))
                .isEqualTo("found no server named \"mial\"; known are parameter 1 (FakeServer) of [login()]");

        try (group) {
            group.start(MAIL, () -> FakeServer.start("tcp:"));
            group.start(new Declared("mail", "class [LoginTest]"), () -> FakeServer.start("tcp:"));
            assertThatThrownBy(() -> ServerGroup.pick(group.running(), "mail"))
                    .hasMessage("found several servers named \"mail\": \"mail\" (field [mail] of [LoginTest]), \"mail\""
                            + " (class [LoginTest]); give each server its own name");
        }
    }
}
