package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is told with the annotation, the element, what was found and what is allowed. */
class ConfigurationErrorsTest {

    private static final String SHARED_FIELD =
            "its server lives for one iteration, and no feature has begun here; use a server that lives for the"
                    + " whole specification: put @SocketServer on a @Shared field";

    @Test
    void wrongValuesAreReportedWithTheirPlace() {
        Run run = Run.of("WrongValues");

        run.counts(0, 7, 0);
        assertThat(run.message("transport"))
                .isEqualTo("@SocketServer on parameter [server] of feature [transport]: unknown transport \"upd\"; did"
                        + " you mean udp?");
        assertThat(run.message("port"))
                .isEqualTo("@SocketServer on feature [port]: port 70000 is out of range; 0 to 65535 is allowed, 0 for a"
                        + " free one");
        assertThat(run.message("timeout"))
                .isEqualTo("@SocketServer on feature [timeout]: timeout: \"5\" is not a duration; a whole number"
                        + " with ns,"
                        + " us, ms, s, m, h or d is allowed, such as 200ms");
        assertThat(run.message("script"))
                .isEqualTo("@SocketServer on parameter [server] of feature [script]: script line 2: \"what is this\""
                        + " does not begin with S: C: C~ S< C< S! C! @ or #; a step is one line: if this is part of"
                        + " the line above, join the two lines\n    what is this\n    ^");
        assertThat(run.message("both"))
                .isEqualTo("@SocketServer on feature [both]: found behaviour and script; one of script, scriptResource,"
                        + " behaviour and forwardTo is allowed");
        assertThat(run.message("resource"))
                .isEqualTo(
                        "@SocketServer on feature [resource]: scriptResource: resource \"absent.script\""
                                + " not found on the class path, neither beside io.socketharness.spock.WrongValues nor at the root");
        assertThat(run.message("datagrams"))
                .isEqualTo("@SocketServer on feature [datagrams]: over udp, @half-close needs a stream: datagrams"
                        + " have no connection to half-close");
    }

    @Test
    void wrongFieldsAreReportedWithTheirSpecification() {
        assertThat(Run.of("WrongField").message("feature"))
                .isEqualTo("@SocketServer on field [server] of [WrongField]: unknown transport \"tpc\"; did you mean"
                        + " tcp?");
        assertThat(Run.of("WrongSharedField").message("WrongSharedField"))
                .isEqualTo(
                        "@SocketServer on field [server] of [WrongSharedField]: unknown transport \"tpc\"; did you mean"
                                + " tcp?");
        assertThat(Run.of("StaticField").message("StaticField"))
                .isEqualTo("@SocketServer on field [server] of [StaticField]: found a static field; remove static,"
                        + " and use @Shared for one server for the whole specification");
        assertThat(Run.of("FieldOfAnotherType").message("feature"))
                .isEqualTo("@SocketServer on field [file] of [FieldOfAnotherType]: found the type java.io.File; allowed"
                        + " are FakeServer, Recording, InetSocketAddress, UnixDomainSocketAddress, SocketAddress, URI,"
                        + " int, Integer, String, SSLContext, Path");
        assertThat(Run.of("SharedFromIteration").message("SharedFromIteration"))
                .isEqualTo("@FromServer(\"own\") on field [shared] of [SharedFromIteration]: " + SHARED_FIELD);
        assertThat(Run.of("TwoOnAField").message("feature"))
                .isEqualTo("@SocketServer on field [server] of [TwoOnAField]: found 2; one is allowed on a field or"
                        + " parameter, any number on a specification or feature");
    }

    @ParameterizedTest
    @CsvSource({
        "InitialValue, feature",
        "SharedInitialValue, SharedInitialValue",
        "FinalInitialValue, feature",
    })
    void anInitialValueIsRefused(String specification, String failed) {
        assertThat(Run.of(specification).message(failed))
                .isEqualTo("@SocketServer on field [server] of [" + specification + "]: found an initial value,"
                        + " which would replace the server; remove it");
    }

    @Test
    void aServerThatCannotStartIsReportedWithTheField() {
        assertThat(Run.of("UnknownHost").message("feature"))
                .isEqualTo("@SocketServer on field [server] of [UnknownHost]: cannot start tcp://host.invalid:0: no"
                        + " address is known for the host \"host.invalid\"; use an address of this machine, such as"
                        + " 127.0.0.1");
    }

    @Test
    void missingValuesOfATransportAreReportedWithTheParameter() {
        assertThat(Run.of("NoPort").message("feature").replaceAll("unix:///\\S+", "PATH"))
                .isEqualTo("@SocketServer on parameter [port] of feature [feature]: PATH has a path, not a host and a"
                        + " port: use path() or socketAddress()");
    }

    @Test
    void unsupportedPlacesAreReported() {
        assertThat(Run.of("OnAFixtureMethod").message("OnAFixtureMethod"))
                .isEqualTo("@SocketServer on method [setup()]: found a fixture method; allowed are a specification, a"
                        + " feature, a field and a parameter");
        assertThat(Run.of("OnADataVariable").failures().values())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("@SocketServer on parameter [server] of feature [feature]: found a data variable; use a"
                        + " parameter that where: does not define");
    }

    @Test
    void choicesAreReportedWithTheKnownServers() {
        Run run = Run.of("WrongChoices");

        String both = "\"mail\" (specification [WrongChoices]), \"dns\" (specification [WrongChoices])";
        run.counts(0, 5, 0);
        assertThat(run.message("unknown"))
                .isEqualTo("@FromServer(\"mial\") on parameter [port] of feature [unknown]: found no server named"
                        + " \"mial\"; did you mean \"mail\"?");
        assertThat(run.message("ambiguous"))
                .isEqualTo("parameter [recording] of feature [ambiguous]: found several servers: " + both
                        + "; pick one with @FromServer");
        assertThat(run.message("ambiguous address"))
                .isEqualTo("parameter [address] of feature [ambiguous address]: found several servers: " + both
                        + "; pick one with @FromServer");
        assertThat(run.message("same name"))
                .isEqualTo("@FromServer(\"mail\") on parameter [picked] of feature [same name]: found several servers"
                        + " named \"mail\": \"mail\" (specification [WrongChoices]), \"mail\" (parameter [mail] of"
                        + " feature [same name]); give each server its own name");
        assertThat(run.message("both"))
                .isEqualTo("@FromServer(\"dns\") on parameter [server] of feature [both]: found @SocketServer and"
                        + " @FromServer; one of them is allowed");
    }

    @Test
    void choicesNeedAServer() {
        Run run = Run.of("NoServer");

        assertThat(run.message("none"))
                .isEqualTo("@FromServer(\"\") on parameter [port] of feature [none]: found no server; put @SocketServer"
                        + " on it, on the feature, on the specification or on a field");
        assertThat(run.message("nor this"))
                .isEqualTo("parameter [server] of feature [nor this]: found no server; put @SocketServer on it, on the"
                        + " feature, on the specification or on a field");
    }

    @Test
    void severalServersNeedNames() {
        assertThat(Run.of("Unnamed").message("feature"))
                .isEqualTo("@SocketServer on specification [Unnamed]: found several without a name; give each"
                        + " server its own name");
        assertThat(Run.of("SameNames").message("feature"))
                .isEqualTo(
                        "@SocketServer on feature [feature]: found several named \"x\"; give each server its own name");
    }

    @ParameterizedTest
    @CsvSource({
        "InSetupSpec, parameter [server] of method [setupSpec()]",
        "OnSetupSpec, @SocketServer on parameter [server] of method [setupSpec()]",
        "FieldInSetupSpec, '@FromServer(\"field\") on parameter [port] of method [setupSpec()]'"
    })
    void whereThereIsNoIterationItsServersAreRefused(String specification, String place) {
        assertThat(Run.of(specification).message(specification)).isEqualTo(place + ": " + SHARED_FIELD);
    }
}
