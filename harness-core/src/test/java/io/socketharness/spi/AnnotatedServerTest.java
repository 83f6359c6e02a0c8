package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.ConversationMode;
import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.TlsSessions;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An annotation as the adapters have it, and what becomes of its attributes. */
class AnnotatedServerTest {

    @Retention(RetentionPolicy.RUNTIME)
    @interface Server {
        String transport() default "tcp";

        String host() default "";

        int port() default 0;

        int backlog() default 1024;

        String timeout() default "";

        boolean strict() default true;

        boolean optional() default false;

        ConversationMode conversation() default ConversationMode.EACH;

        long recordingLimit() default 16 << 20;

        int messageLimit() default 1 << 20;

        String name() default "";

        String script() default "";

        String[] scripts() default {};

        String scriptResource() default "";

        Class<? extends Behaviour> behaviour() default Behaviour.class;

        String forwardTo() default "";

        String[] properties() default {};

        int receiveBuffer() default 0;

        String[] network() default {};

        long seed() default 0;

        boolean resumption() default true;

        CertificateKind certificate() default CertificateKind.VALID;
    }

    private static ServerSpec read(Class<?> annotated) {
        return AnnotatedServer.spec(annotated.getAnnotations()[0], AnnotatedServerTest.class, "LoginTest.mail");
    }

    private static AbstractThrowableAssert<?, ?> refusal(Class<?> annotated) {
        return assertThatThrownBy(() -> read(annotated)).isInstanceOf(IllegalArgumentException.class);
    }

    @Server(forwardTo = "tcp://localhost:${redis.port}")
    private static final class Forwarded {}

    @Server(forwardTo = "redis://localhost:1")
    private static final class ForwardedWrongly {}

    @Server
    private static final class Plain {}

    @Server(
            receiveBuffer = 4096,
            network = {"latency 150ms jitter 50ms", "slice 1 to client"},
            seed = 7)
    private static final class BadNetwork {}

    @Server(network = {"latency 150ms", "los 30%"})
    private static final class WrongNetwork {}

    @Server(
            transport = "UDP",
            host = "::1",
            port = 8125,
            backlog = 7,
            timeout = "200ms",
            strict = false,
            optional = true,
            conversation = ConversationMode.ONE,
            recordingLimit = 99,
            messageLimit = 88,
            name = "statsd",
            properties = {"statsd.host=${host}", "statsd.port=${port}"})
    private static final class Everything {}

    @Nested
    class Values {

        @Test
        void defaultsAreThoseOfTheSpecification() {
            assertThat(read(Plain.class))
                    .isEqualTo(ServerSpec.builder(Transport.TCP)
                            .name("LoginTest.mail")
                            .build());
        }

        @Test
        void eachMeansWhatItMeansToTheBuilder() {
            assertThat(read(Everything.class))
                    .isEqualTo(ServerSpec.builder(Transport.UDP)
                            .host("::1")
                            .port(8125)
                            .backlog(7)
                            .timeout(Duration.ofMillis(200))
                            .strict(false)
                            .optional(true)
                            .conversation(ConversationMode.ONE)
                            .recordingLimit(99)
                            .messageLimit(88)
                            .name("statsd")
                            .properties("statsd.host=${host}", "statsd.port=${port}")
                            .build());
        }

        @Test
        void networkAndReceiveBufferMeanWhatTheyMeanToTheBuilder() {
            assertThat(read(BadNetwork.class))
                    .isEqualTo(ServerSpec.builder(Transport.TCP)
                            .name("LoginTest.mail")
                            .receiveBuffer(4096)
                            .network(
                                    NetworkConditions.latency(Duration.ofMillis(150))
                                            .jitter(Duration.ofMillis(50)),
                                    NetworkConditions.slice(1).toClient())
                            .seed(7)
                            .build());
            refusal(WrongNetwork.class).hasMessageStartingWith("network: ").hasMessageContaining("loss");
        }

        @Test
        void withoutResumptionThereAreNoSessions() {
            assertThat(read(WithoutResumption.class).tls().sessions()).containsSame(TlsSessions.none());
        }

        @Test
        void anAnnotationNeedsNotHaveThemAll() {
            assertThat(read(Small.class))
                    .isEqualTo(ServerSpec.builder(Transport.TCP)
                            .name("LoginTest.mail")
                            .port(1)
                            .build());
        }

        @Test
        void wrongOnesAreRefused() {
            refusal(UnknownTransport.class).hasMessage("unknown transport \"upd\"; did you mean udp?");
            refusal(WrongTimeout.class)
                    .hasMessage("timeout: \"soon\" is not a duration; a whole number with ns, us, ms, s, m, h or d is"
                            + " allowed,"
                            + " such as 200ms");
            refusal(OneConversation.class)
                    .hasMessage("conversation ONE is for datagrams; over tcp each connection is its own conversation");
            refusal(UnknownAttribute.class)
                    .hasMessage(
                            "unknown attribute \"colour\"; known are transport, host, port, backlog, timeout, strict,"
                                    + " optional, conversation, recordingLimit, messageLimit, skipIfUnsupported,"
                                    + " name, path, umask, mode,"
                                    + " replaceStale, certificate, certificateHosts, clientCertificate, protocols,"
                                    + " cipherSuites, applicationProtocols, resumption, receiveBuffer, network, seed,"
                                    + " redact, capture, properties, script, scripts, scriptResource, behaviour, forwardTo,"
                                    + " tape, mask");
            refusal(MisspeltAttribute.class)
                    .hasMessage("unknown attribute \"scripResource\"; did you mean scriptResource?");
        }
    }

    @Test
    void tlsSettingsNeedAScriptThatMayBeginTls() {
        refusal(TlsInVain.class)
                .hasMessage("over tcp, the TLS settings (certificate) have no effect: no script of this server begins"
                        + " TLS; use the transport tls, or begin TLS with @starttls in a script");
        for (Class<?> allowed : List.of(TlsLater.class, TlsByCode.class, TlsByTheTest.class)) {
            assertThat(read(allowed).tls().certificateKind()).isEqualTo(CertificateKind.EXPIRED);
        }
    }

    @Server(certificate = CertificateKind.EXPIRED, script = "C: x")
    private static final class TlsInVain {}

    @Server(certificate = CertificateKind.EXPIRED, script = "C: x\n@starttls")
    private static final class TlsLater {}

    @Server(certificate = CertificateKind.EXPIRED, behaviour = Own.class)
    private static final class TlsByCode {}

    @Server(certificate = CertificateKind.EXPIRED)
    private static final class TlsByTheTest {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface SmallServer {
        int port();
    }

    @SmallServer(port = 1)
    private static final class Small {}

    @Server(transport = "tls", resumption = false)
    private static final class WithoutResumption {}

    @Server(transport = "upd")
    private static final class UnknownTransport {}

    @Server(timeout = "soon")
    private static final class WrongTimeout {}

    @Server(conversation = ConversationMode.ONE)
    private static final class OneConversation {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Coloured {
        String colour();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Misspelt {
        String scripResource();
    }

    @Misspelt(scripResource = "a.script")
    private static final class MisspeltAttribute {}

    @Coloured(colour = "red")
    private static final class UnknownAttribute {}

    @Nested
    class Scripts {

        @Test
        void areReadFromText() {
            assertThat(read(OneScript.class).script()).contains(Script.parse("S: hello"));
            assertThat(read(OneEach.class).scripts())
                    .isEqualTo(List.of(Script.parse("S: first"), Script.parse("S: second")));
            assertThat(read(OneEach.class).script()).contains(Script.parse("S: others"));
        }

        @Test
        void forwardToARealServer() {
            assertThat(read(Forwarded.class).script()).contains(Script.parse("@forward tcp://localhost:${redis.port}"));
            refusal(ForwardedWrongly.class)
                    .hasMessage(
                            "forwardTo: unknown transport \"redis\" of a real server; known are tcp, tls, unix, udp,"
                                    + " udg");
        }

        @Test
        void areReadFromAResourceBesideTheAnchor() {
            assertThat(read(Resource.class).script()).contains(Script.parse("S: from a file"));
        }

        @Test
        void areBehavioursOfAnyVisibility() {
            assertThat(read(OfAClass.class).script().map(Script::toString)).contains("@code Own\n");
        }

        @Test
        void wrongOnesAreRefusedWithTheirPlace() {
            String form = " does not begin with S: C: C~ S< C< S! C! @ or #; a step is one line: if this is part of"
                    + " the line above, join the two lines\n    what\n    ^";
            refusal(WrongScript.class)
                    .hasMessage("script line 2: \"what\"" + form)
                    .hasNoCause();
            refusal(WrongScripts.class)
                    .hasMessage("scripts[1]: script line 1: \"what\"" + form)
                    .hasNoCause();
            refusal(NoResource.class)
                    .hasMessage("scriptResource: resource \"absent.script\" not found on the class path, neither beside"
                            + " io.socketharness.spi.AnnotatedServerTest nor at the root");
        }

        @Test
        void onlyOneServesAllConnections() {
            refusal(ScriptAndResource.class)
                    .hasMessage(
                            "found script and scriptResource; one of script, scriptResource, behaviour and forwardTo is allowed");
            refusal(BehaviourAndScript.class)
                    .hasMessage(
                            "found behaviour and script; one of script, scriptResource, behaviour and forwardTo is allowed");
        }

        @Test
        void aBehaviourThatCannotBeMadeIsRefused() {
            refusal(OfAnInnerClass.class)
                    .hasMessage("behaviour: io.socketharness.spi.AnnotatedServerTest$Inner cannot be instantiated; use"
                            + " a top-level or static class that is not abstract and has a constructor"
                            + " without parameters; in a module, open its package to io.socketharness.core");
            refusal(OfAClassThatThrows.class)
                    .hasMessage("behaviour: the constructor of io.socketharness.spi.AnnotatedServerTest$Throwing threw"
                            + " java.lang.IllegalStateException: not now")
                    .hasRootCauseMessage("not now");
        }
    }

    @Server(script = "S: hello")
    private static final class OneScript {}

    @Server(
            scripts = {"S: first", "S: second"},
            script = "S: others")
    private static final class OneEach {}

    @Server(scriptResource = "annotated.script")
    private static final class Resource {}

    @Server(behaviour = Own.class)
    private static final class OfAClass {}

    private static final class Own implements Behaviour {
        private Own() {}

        @Override
        public void run(Connection connection) {}
    }

    @Server(script = "S: hello\nwhat")
    private static final class WrongScript {}

    @Server(scripts = {"S: hello", "what"})
    private static final class WrongScripts {}

    @Server(scriptResource = "absent.script")
    private static final class NoResource {}

    @Server(scriptResource = "annotated.script", script = "S: hello")
    private static final class ScriptAndResource {}

    @Server(behaviour = Own.class, script = "S: hello")
    private static final class BehaviourAndScript {}

    @Server(behaviour = Inner.class)
    private static final class OfAnInnerClass {}

    @SuppressWarnings("ClassCanBeStatic") // that is what is wrong with it
    private class Inner implements Behaviour {
        @Override
        public void run(Connection connection) {}
    }

    @Server(behaviour = Throwing.class)
    private static final class OfAClassThatThrows {}

    private static final class Throwing implements Behaviour {
        private Throwing() {
            throw new IllegalStateException("not now");
        }

        @Override
        public void run(Connection connection) {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Repeatable(Servers.class)
    @interface Named {
        String value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Servers {
        Named[] value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Named("composed")
    @interface Composed {}

    @Composed
    @Named("inherited")
    private static class Base {}

    @Named("first")
    @Named("second")
    @Composed
    private static final class Several extends Base {}

    private static final class Nothing extends Base {}

    @Nested
    class Declared {

        @Test
        void areAllThatStandOnAnElementItself() {
            assertThat(AnnotatedServer.declared(Several.class, Named.class))
                    .extracting(Named::value)
                    .containsExactly("first", "second", "composed");
            assertThat(AnnotatedServer.declared(Base.class, Named.class))
                    .extracting(Named::value)
                    .containsExactly("composed", "inherited");
            assertThat(AnnotatedServer.declared(Nothing.class, Named.class)).isEmpty();
        }
    }
}
