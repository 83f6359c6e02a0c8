package io.socketharness.testcontainers;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.testcontainers.Page.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {

    private static final String GET = "curl -sS --unix-socket $1 http://server/";

    @TempDir
    private Path directory;

    private final ClientContainer client = new ClientContainer();

    @AfterEach
    void stop() {
        client.stop();
    }

    @Test
    void aPrivatePathIsTheSameInTheContainer() throws Exception {
        try (FakeServer server = FakeServer.start("unix:", Script.parse(PAGE))) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(address).hasToString("unix://" + server.path());
            assertThat(client.run(GET, address.path())).isEqualTo("hello");
            server.verify();
        }
    }

    @Test
    void theServerMayListenAgain() throws Exception {
        try (FakeServer server = FakeServer.start("unix:", Script.parse(PAGE))) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            server.refuse();
            assertThat(client.run(GET, address.path())).contains("curl: (7)");
            server.listen();
            assertThat(client.run(GET, address.path())).isEqualTo("hello");
        }
    }

    @Test
    void aDirectoryServesOneServerAfterTheOther() throws Exception {
        String url = "unix:" + directory.resolve("api.sock");
        try (FakeServer first = FakeServer.start(url)) {
            ContainerAddress.expose(first, client);
        }
        client.start();
        try (FakeServer second = FakeServer.start(url, Script.parse(PAGE))) {
            ContainerAddress address = ContainerAddress.expose(second, client);

            assertThat(client.run(GET, address.path())).isEqualTo("hello");
            second.verify();
        }
    }

    @Test
    void isMountedWhereTheClientLooksForIt() throws Exception {
        try (FakeServer server = FakeServer.start("unix:" + directory.resolve("api.sock"), Script.parse(PAGE))) {
            ContainerAddress address = ContainerAddress.expose(server, client, "/run/api");
            client.start();

            assertThat(address.path()).isEqualTo("/run/api/api.sock");
            assertThat(client.run(GET, address.path())).isEqualTo("hello");
            server.verify();
        }
    }

    @Test
    void itsModeDecidesWhichUsersReachIt() throws Exception {
        client.withCreateContainerCmdModifier(created -> created.withUser("65534:65534"));
        try (FakeServer forAll = FakeServer.start("unix:?mode=0777", Script.parse(PAGE));
                FakeServer forItsUser = FakeServer.start("unix:", Script.parse(PAGE))) {
            ContainerAddress open = ContainerAddress.expose(forAll, client);
            ContainerAddress closed = ContainerAddress.expose(forItsUser, client);
            client.start();

            assertThat(client.run(GET, open.path())).isEqualTo("hello");
            assertThat(client.run(GET, closed.path())).contains("curl: (7)");
            forAll.verify();
        }
    }

    @Test
    void aClientOfDatagramsIsAnsweredWhereItsPathIsTheSameOutside() throws Exception {
        try (FakeServer server = FakeServer.start("udg:", expectLine("time?"), sendLine("12:00"))) {
            ContainerAddress address = ContainerAddress.expose(server, client);
            client.start();

            assertThat(client.run(
                            "echo -n 'time?' | socat -t30 - UNIX-CLIENT:$1,type=2,bind=$1.client,readbytes=5; rm $1.client",
                            address.path()))
                    .isEqualTo("12:00");
            server.verify();
        }
    }

    @Test
    void isNotThereWhenTheContainerHasStartedWithoutIt() {
        client.start();
        try (FakeServer server = FakeServer.start("unix:")) {
            assertThatThrownBy(() -> ContainerAddress.expose(server, client))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the container " + client.getContainerName().substring(1)
                            + " is already running and has nothing mounted at "
                            + server.path().getParent()
                            + ", so it cannot reach unix://" + server.path()
                            + "; call expose before it starts, or put both sockets into one directory");
        }
    }
}
