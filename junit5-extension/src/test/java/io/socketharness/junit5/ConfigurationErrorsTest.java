package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is wrong is told with the annotation, the element, what was found and what is allowed. */
class ConfigurationErrorsTest {

    private static final String STATIC_FIELD = "its server lives for one test, and no test has begun here; use a"
            + " server that lives for the whole class: put @SocketServer on a static field";

    @Nested
    class Values {

        @Test
        void areReportedWithTheirPlace() {
            Run run = Run.of(WrongValues.class);

            run.counts(0, 7, 0);
            assertThat(run.failures().values())
                    .allSatisfy(failure -> assertThat(failure.getStackTrace()).isEmpty());
            assertThat(run.message("reconnects"))
                    .isEqualTo(
                            "@SocketServer on parameter [server] of [reconnects()]: unknown transport \"upd\"; did you"
                                    + " mean udp?");
            assertThat(run.message("port"))
                    .isEqualTo(
                            "@SocketServer on method [port()]: port 70000 is out of range; 0 to 65535 is allowed, 0 for"
                                    + " a free one");
            assertThat(run.message("timeout"))
                    .isEqualTo("@SocketServer on method [timeout()]: timeout: \"5\" is not a duration; a whole number"
                            + " with ns,"
                            + " us, ms, s, m, h or d is allowed, such as 200ms");
            assertThat(run.message("script"))
                    .isEqualTo("@SocketServer on parameter [server] of [script()]: script line 2: \"what is this\""
                            + " does not begin with S: C: C~ S< C< S! C! @ or #; a step is one line: if"
                            + " this is part of the line above, join the two lines\n    what is this\n    ^");
            assertThat(run.message("both"))
                    .isEqualTo("@SocketServer on method [both()]: found behaviour and script; one of script,"
                            + " scriptResource, behaviour and forwardTo is allowed");
            assertThat(run.message("resource"))
                    .isEqualTo("@SocketServer on method [resource()]: scriptResource: resource"
                            + " \"absent.script\" not found on the class path, neither beside"
                            + " io.socketharness.junit5.ConfigurationErrorsTest$WrongValues nor at the root");
            assertThat(run.message("datagrams"))
                    .isEqualTo("@SocketServer on method [datagrams()]: over udp, @half-close needs a stream: datagrams"
                            + " have no connection to half-close");
        }
    }

    @Test
    void theTextOfAScriptErrorIsPrintedOnce() {
        Run run = Run.of(WrongScripts.class);

        run.counts(0, 4, 0);
        assertThat(run.failures().values()).allSatisfy(failure -> {
            StringWriter printed = new StringWriter();
            failure.printStackTrace(new PrintWriter(printed));
            assertThat(printed.toString())
                    .containsOnlyOnce("unknown step @dealy")
                    .containsOnlyOnce("    @dealy 1s\n    ^");
        });
    }

    static class WrongScripts {
        @Test
        @SocketServer(script = "@dealy 1s")
        void method() {}

        @Test
        @SocketServer(scripts = {"S: one", "@dealy 1s"})
        void second() {}

        @Test
        void parameter(@SocketServer(script = "@dealy 1s") FakeServer server) {}

        @Test
        void inTheTest() {
            FakeServer.start("tcp:", Script.parse("@dealy 1s"));
        }
    }

    static class WrongValues {
        @Test
        void reconnects(@SocketServer(transport = "upd") FakeServer server) {}

        @Test
        @SocketServer(port = 70_000)
        void port() {}

        @Test
        @SocketServer(timeout = "5")
        void timeout() {}

        @Test
        void script(@SocketServer(script = "S: one\nwhat is this") FakeServer server) {}

        @Test
        @SocketServer(script = "S: one", behaviour = Own.class)
        void both() {}

        @Test
        @SocketServer(scriptResource = "absent.script")
        void resource() {}

        @Test
        @SocketServer(transport = "udp", script = "@half-close")
        void datagrams() {}
    }

    static class Own implements Behaviour {
        @Override
        public void run(Connection connection) {}
    }

    @Nested
    class Fields {

        @Test
        void areReportedWithTheirClass() {
            assertThat(Run.of(WrongField.class).message("test"))
                    .isEqualTo("@SocketServer on field [server] of [WrongField]: unknown transport \"tpc\"; did you"
                            + " mean tcp?");
            assertThat(Run.of(FinalField.class).message("test"))
                    .isEqualTo("@SocketServer on field [server] of [FinalField]: found a final field; remove final");
            assertThat(Run.of(FieldOfAnotherType.class).message("test"))
                    .isEqualTo("@SocketServer on field [file] of [FieldOfAnotherType]: found the type java.io.File;"
                            + " allowed are FakeServer, Recording, InetSocketAddress, UnixDomainSocketAddress,"
                            + " SocketAddress, URI, int, Integer,"
                            + " String, SSLContext, Path");
            assertThat(Run.of(StaticPick.class).message("StaticPick"))
                    .isEqualTo("@FromServer(\"own\") on field [shared] of [StaticPick]: " + STATIC_FIELD);
            assertThat(Run.of(TwoOnAField.class).message("test"))
                    .isEqualTo("@SocketServer on field [server] of [TwoOnAField]: found 2; one is allowed on a field or"
                            + " parameter, any number on a class or method");
        }

        @Test
        void aServerThatCannotStartIsReportedWithTheField() {
            assertThat(Run.of(UnknownHost.class).message("test"))
                    .isEqualTo("@SocketServer on field [server] of [UnknownHost]: cannot start tcp://host.invalid:0: no"
                            + " address is known for the host \"host.invalid\"; use an address of this machine, such as"
                            + " 127.0.0.1");
        }
    }

    static class WrongField {
        @SocketServer(transport = "tpc")
        FakeServer server;

        @Test
        void test() {}
    }

    static class FinalField {
        @SocketServer
        final @org.jspecify.annotations.Nullable FakeServer server = null;

        @Test
        void test() {}
    }

    static class FieldOfAnotherType {
        @SocketServer
        File file;

        @Test
        void test() {}
    }

    @SocketServer(name = "own")
    static class StaticPick {
        @FromServer("own")
        static FakeServer shared;

        @Test
        void test() {}
    }

    @SocketServer(transport = "udp")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Udp {}

    static class TwoOnAField {
        @SocketServer
        @Udp
        FakeServer server;

        @Test
        void test() {}
    }

    static class UnknownHost {
        @SocketServer(host = "host.invalid")
        FakeServer server;

        @Test
        void test() {}
    }

    @Nested
    class Choices {

        @Test
        void areReportedWithTheKnownServers() {
            Run run = Run.of(WrongChoices.class);

            run.counts(0, 5, 0);
            assertThat(run.message("unknown"))
                    .isEqualTo(
                            "@FromServer(\"mial\") on parameter [port] of [unknown()]: found no server named \"mial\";"
                                    + " did you mean \"mail\"?");
            assertThat(run.message("ambiguous"))
                    .isEqualTo("parameter [recording] of [ambiguous()]: found several servers: \"mail\" (class"
                            + " [WrongChoices]), \"dns\" (class [WrongChoices]); pick one with @FromServer");
            assertThat(run.message("ambiguousAddress"))
                    .isEqualTo("parameter [address] of [ambiguousAddress()]: found several servers: \"mail\" (class"
                            + " [WrongChoices]), \"dns\" (class [WrongChoices]); pick one with @FromServer");
            assertThat(run.message("sameName"))
                    .isEqualTo(
                            "@FromServer(\"mail\") on parameter [picked] of [sameName()]: found several servers named"
                                    + " \"mail\": \"mail\" (class [WrongChoices]), \"mail\" (parameter [mail] of"
                                    + " [sameName()]); give each server its own name");
            assertThat(run.message("both"))
                    .isEqualTo("@FromServer(\"dns\") on parameter [server] of [both()]: found @SocketServer and"
                            + " @FromServer; one of them is allowed");
        }

        @Test
        void needAServer() {
            assertThat(Run.of(NoServer.class).message("none"))
                    .isEqualTo(
                            "@FromServer(\"\") on parameter [port] of [none()]: found no server; put @SocketServer on"
                                    + " it, on the method, on the class or on a field");
        }

        @Test
        void needNames() {
            assertThat(Run.of(Unnamed.class).message("test"))
                    .isEqualTo("@SocketServer on class [Unnamed]: found several without a name; give each server"
                            + " its own name");
            assertThat(Run.of(SameNames.class).message("test"))
                    .isEqualTo("@SocketServer on method [test()]: found several named \"x\"; give each server its own"
                            + " name");
        }
    }

    @SocketServer(name = "mail")
    @SocketServer(name = "dns")
    static class WrongChoices {
        @Test
        void unknown(@FromServer("mial") int port) {}

        @Test
        void ambiguous(Recording recording) {}

        @Test
        void ambiguousAddress(InetSocketAddress address) {}

        @Test
        void sameName(@SocketServer FakeServer mail, @FromServer("mail") FakeServer picked) {}

        @Test
        void both(@FromServer("dns") @SocketServer FakeServer server) {}
    }

    static class NoServer {
        @Test
        void none(@FromServer int port) {}
    }

    @SocketServer
    @SocketServer
    static class Unnamed {
        @Test
        void test() {}
    }

    static class SameNames {
        @Test
        @SocketServer(name = "x")
        @SocketServer(name = "x")
        void test() {}
    }

    @Nested
    class BeforeAnyTest {

        @Test
        void aServerOfATestIsRefused() {
            assertThat(Run.of(InBeforeAll.class).message("InBeforeAll"))
                    .isEqualTo("parameter [server] of [before()]: " + STATIC_FIELD);
            assertThat(Run.of(OnBeforeAll.class).message("OnBeforeAll"))
                    .isEqualTo("@SocketServer on parameter [server] of [before()]: " + STATIC_FIELD);
            assertThat(Run.of(FieldInBeforeAll.class).message("FieldInBeforeAll"))
                    .isEqualTo("@FromServer(\"field\") on parameter [port] of [before()]: " + STATIC_FIELD);
        }
    }

    @SocketServer
    static class InBeforeAll {
        @BeforeAll
        static void before(FakeServer server) {}

        @Test
        void test() {}
    }

    static class OnBeforeAll {
        @BeforeAll
        static void before(@SocketServer FakeServer server) {}

        @Test
        void test() {}
    }

    static class FieldInBeforeAll {
        @SocketServer
        FakeServer field;

        @BeforeAll
        static void before(@FromServer("field") int port) {}

        @Test
        void test() {}
    }
}
