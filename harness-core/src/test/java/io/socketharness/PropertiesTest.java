package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the code under test is told where a server is: as a map, and by system properties. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class PropertiesTest {

    private static final String NAME = "socketharness.test.address";
    private static final String OTHER = "socketharness.test.other";

    @AfterEach
    void nothingIsLeft() {
        assertThat(System.getProperties()).doesNotContainKeys(NAME, OTHER);
    }

    private static FakeServer start(String transport, String... properties) {
        return FakeServer.start(
                ServerSpec.builder(transport).properties(properties).build());
    }

    @Nested
    class Values {

        @Test
        void areThoseOfTheServer() {
            try (FakeServer server = FakeServer.start("tcp:")) {
                assertThat(server.properties(
                                "a=${host}", "b=${port}", "c=${address}", "d=redis://${address}/0", "e=${uri}"))
                        .containsExactly(
                                entry("a", "127.0.0.1"),
                                entry("b", String.valueOf(server.port())),
                                entry("c", "127.0.0.1:" + server.port()),
                                entry("d", "redis://127.0.0.1:" + server.port() + "/0"),
                                entry("e", "tcp://127.0.0.1:" + server.port()));
            }
        }

        @Test
        void ofIpv6HaveBracketsWhereTheyAreNeeded() {
            try (FakeServer server = FakeServer.start("udp://[::1]:0")) {
                assertThat(server.properties("host=${host}", "address=${address}"))
                        .containsExactly(entry("host", "::1"), entry("address", "[::1]:" + server.port()));
            }
        }

        @Test
        void ofUnixSocketsHaveThePath() {
            try (FakeServer server = FakeServer.start("unix:")) {
                assertThat(server.properties("path=${path}", "uri=${uri}"))
                        .containsExactly(
                                entry("path", server.path().toString()),
                                entry("uri", server.uri().toString()));
            }
        }

        @Test
        void ofAnAbstractNameHaveItBehindAnAt() {
            String name = "@socketharness-" + System.nanoTime();
            try (FakeServer server = FakeServer.start("unix:" + name)) {
                assertThat(server.properties("path=${path}", "uri=${uri}"))
                        .containsExactly(entry("path", name), entry("uri", "unix:" + name));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"tls", "dtls", "tcp", "unix"})
        void haveTheAuthorityWhereThereCanBeTls(String transport) {
            try (FakeServer server = FakeServer.start(transport)) {
                assertThat(Path.of(server.properties("ca=${caPemFile}").get("ca")))
                        .isEqualTo(server.tls().caPemFile())
                        .satisfies(
                                file -> assertThat(Files.readString(file)).startsWith("-----BEGIN CERTIFICATE-----"));
            }
        }

        @Test
        void areTakenAsTheyAreButForVariables() {
            try (FakeServer server = FakeServer.start("tcp:")) {
                assertThat(server.properties(
                                "a=", "b==", "c=1=2 $ \\ $1 }", "d=$${host}", " e = x ", "f=${host}${host}"))
                        .containsExactly(
                                entry("a", ""),
                                entry("b", "="),
                                entry("c", "1=2 $ \\ $1 }"),
                                entry("d", "${host}"),
                                entry("e", "x "),
                                entry("f", "127.0.0.1127.0.0.1"));
            }
        }

        @Test
        void areThoseOfTheSpecificationUnlessOthersAreAskedFor() {
            try (FakeServer server = start("tcp", NAME + "=${address}")) {
                Map<String, String> own = Map.of(NAME, "127.0.0.1:" + server.port());

                assertThat(server.properties()).isEqualTo(own);
                assertThat(server.properties("a=${host}")).isEqualTo(Map.of("a", "127.0.0.1"));
                assertThat(server.spec().properties()).containsExactly(NAME + "=${address}");
            }
        }

        @Test
        void areNoneUnlessAskedFor() {
            FakeServer.start("tcp:").close(); // what the JDK itself sets when it is first used
            Object before = System.getProperties().clone();
            try (FakeServer server = FakeServer.start("tcp:")) {
                assertThat(server.properties()).isEmpty();
                assertThat(System.getProperties()).isEqualTo(before);
            }
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "tcp | a=${prot} | properties: a: unknown variable ${prot}; did you mean ${port}? $${ is a"
                            + " plain ${",
                    "tcp | a=${server} | properties: a: unknown variable ${server}; known over tcp are host, port,"
                            + " address, uri, caPemFile; $${ is a plain ${",
                    "unix | a=${} | properties: a: unknown variable ${}; known over unix are path, uri, caPemFile;"
                            + " $${ is a plain ${",
                    "tls | a=${path} | properties: a: ${path}: over tls a server has a host and a port, not a"
                            + " path; known over tls are host, port, address, uri, caPemFile; $${ is a plain ${",
                    "udg | a=${port} | properties: a: ${port}: over udg a server has a path, not a host and a"
                            + " port; known over udg are path, uri; $${ is a plain ${",
                    "unix | a=x-${address} | properties: a: ${address}: over unix a server has a path, not a host"
                            + " and a port; known over unix are path, uri, caPemFile; $${ is a plain ${",
                    "udp | a=${caPemFile} | properties: a: ${caPemFile}: TLS is not available over udp; known over"
                            + " udp are host, port, address, uri; $${ is a plain ${",
                    "tcp | a=${host | properties: a: found ${host without its }; $${ is a plain ${",
                    "tcp | mail.host | properties: found \"mail.host\"; a name, = and a value are allowed, such as"
                            + " mail.smtp.port=${port}",
                    "tcp | =x | properties: found \"=x\"; a name, = and a value are allowed, such as"
                            + " mail.smtp.port=${port}",
                })
        void refusesVariablesThatTheTransportDoesNotHave(String transport, String property, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            ServerSpec.builder(transport).properties(property).build())
                    .withMessage(message);
        }

        @Test
        void isANameThatIsThereTwice() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerSpec.builder("tcp").properties("a=1", "b=2", "a =3"))
                    .withMessage("properties: found \"a\" twice; each has one value");
        }

        @Test
        void isAlsoRefusedOfARunningServer() {
            try (FakeServer server = FakeServer.start("udp:")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> server.properties("a=${path}"))
                        .withMessage("properties: a: ${path}: over udp a server has a host and a port, not a path;"
                                + " known over"
                                + " udp are host, port, address, uri; $${ is a plain ${");
            }
        }
    }

    @Nested
    class OfTheSystem {

        @Test
        void areSetForTheServersLife() {
            System.setProperty(OTHER, "mine");
            try {
                try (FakeServer server = start("tcp", NAME + "=${address}", OTHER + "=${host}")) {
                    assertThat(System.getProperty(NAME)).isEqualTo("127.0.0.1:" + server.port());
                    assertThat(System.getProperty(OTHER)).isEqualTo("127.0.0.1");
                }
                assertThat(System.getProperty(NAME)).isNull();
                assertThat(System.getProperty(OTHER)).isEqualTo("mine");
            } finally {
                System.clearProperty(OTHER);
            }
        }

        @Test
        void areRestoredRegardlessOfChangesByTheTest() {
            try (FakeServer server = start("tcp", NAME + "=${address}", OTHER + "=${port}")) {
                System.clearProperty(NAME);
                System.setProperty(OTHER, "else");
                assertThat(server.properties()).hasSize(2);
            }
        }

        @Test
        void thatAreNoTextComeBackToo() {
            Object value = new Object();
            System.getProperties().put(OTHER, value);
            try {
                start("tcp", OTHER + "=${port}").close();
                assertThat(System.getProperties().get(OTHER)).isSameAs(value);
            } finally {
                System.getProperties().remove(OTHER);
            }
        }

        @Test
        void ofNestedServersAreThoseOfTheInnerOneAndThenOfTheOuter() {
            try (FakeServer outer = start("tcp", NAME + "=outer ${port}")) {
                try (FakeServer inner = start("tcp", NAME + "=inner ${port}")) {
                    assertThat(System.getProperty(NAME)).isEqualTo("inner " + inner.port());
                }
                assertThat(System.getProperty(NAME)).isEqualTo("outer " + outer.port());
            }
        }

        @Test
        void areNeverThoseOfAServerThatIsGone() {
            FakeServer first = start("tcp", NAME + "=first");
            FakeServer second = start("tcp", NAME + "=second");
            FakeServer third = start("tcp", NAME + "=third");

            second.close();
            assertThat(System.getProperty(NAME)).isEqualTo("third");
            first.close();
            assertThat(System.getProperty(NAME)).isEqualTo("third");
            third.close();
            assertThat(System.getProperty(NAME)).isNull();

            third.close();
            first.close();
            assertThat(System.getProperty(NAME)).isNull();
        }

        @Test
        void areNotSetByAServerThatCannotStart() {
            try (FakeServer running = FakeServer.start("tcp:")) {
                ServerSpec taken = ServerSpec.builder("tcp")
                        .port(running.port())
                        .properties(NAME + "=${address}")
                        .build();

                assertThatThrownBy(() -> FakeServer.start(taken)).isInstanceOf(ServerStartException.class);

                assertThat(System.getProperty(NAME)).isNull();
            }
        }

        @Test
        void areNotTouchedByWhatAServerIsGivenLater() {
            try (FakeServer server = start("tcp", NAME + "=${address}")) {
                System.setProperty(NAME, "changed");
                server.enqueue();
                assertThat(System.getProperty(NAME)).isEqualTo("changed");
            }
        }
    }
}
