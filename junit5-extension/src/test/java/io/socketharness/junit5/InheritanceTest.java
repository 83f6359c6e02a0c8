package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers of superclasses, of interfaces and of annotations that have them; and which one takes another's place. */
class InheritanceTest {

    @Test
    void aSubclassInheritsTheServersOfItsSuperclassAndInterfaces() {
        Run.of(Sub.class).passed(1);
    }

    @SocketServer(name = "base")
    @SocketServer(name = "other")
    static class Base {
        @SocketServer
        static FakeServer shared;

        @SocketServer
        FakeServer field;
    }

    @SocketServer(name = "mixin")
    interface Mixin {}

    static class Sub extends Base implements Mixin {
        @Test
        void hasThemAll(
                @FromServer("base") FakeServer base,
                @FromServer("other") FakeServer other,
                @FromServer("mixin") FakeServer mixin,
                @FromServer("shared") FakeServer ofTheClass,
                @FromServer("field") FakeServer ofTheField) {
            assertThat(base).isNotSameAs(other).isNotSameAs(mixin);
            assertThat(ofTheClass).isSameAs(shared);
            assertThat(ofTheField).isSameAs(field);
            assertThat(shared.toString()).contains("[Sub.shared]");
        }
    }

    @Test
    void anAnnotationOfOnesOwnMayHaveAServer() {
        Run.of(OnTheClass.class, Elsewhere.class).passed(4);
    }

    @SocketServer(name = "mail", script = "S: 220 hello")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Mail {}

    @Mail
    static class OnTheClass {
        @Test
        void hasTheServer(FakeServer mail) {
            assertThat(JdkClient.tcp(mail.address(), "")).isEqualTo("220 hello\r\n");
        }
    }

    @SuppressWarnings("NullAway") // does not look into annotations
    static class Elsewhere {
        @Mail
        FakeServer field;

        @BeforeEach
        void useIt() {
            assertThat(JdkClient.tcp(field.address(), "")).isEqualTo("220 hello\r\n");
        }

        @Test
        void onAField() {}

        @Test
        void onAParameter(@Mail FakeServer mail) {
            assertThat(mail).isNotSameAs(field);
            assertThat(JdkClient.tcp(mail.address(), "")).isEqualTo("220 hello\r\n");
        }

        @Test
        @Greeting
        void onAMethod(@FromServer("greeting") FakeServer mail) {
            assertThat(JdkClient.tcp(mail.address(), "")).isEqualTo("hello\r\n");
        }
    }

    @SocketServer(name = "greeting", script = "S: hello")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Greeting {}

    @Test
    void theNearerOfTwoServersOfTheSameNameTakesTheOthersPlace() {
        Run.of(Nearer.class).passed(3);
    }

    @SocketServer(script = "S: from the superclass")
    @SocketServer(name = "mail", script = "S: from the superclass")
    static class Far {
        @Test
        void asInherited(@FromServer("mail") FakeServer mail) {
            assertThat(JdkClient.tcp(mail.address(), "")).isEqualTo("from the superclass\r\n");
        }
    }

    @SocketServer(script = "S: from the class")
    static class Nearer extends Far {
        @Test
        void fromTheClass(@FromServer("Nearer") FakeServer server) {
            assertThat(JdkClient.tcp(server.address(), "")).isEqualTo("from the class\r\n");
        }

        @Test
        @SocketServer(script = "S: from the method")
        @SocketServer(name = "mail", script = "S: from the method")
        void fromTheMethod(@FromServer("fromTheMethod") FakeServer server, @FromServer("mail") FakeServer mail) {
            assertThat(JdkClient.tcp(server.address(), "")).isEqualTo("from the method\r\n");
            assertThat(JdkClient.tcp(mail.address(), "")).isEqualTo("from the method\r\n");
        }
    }
}
