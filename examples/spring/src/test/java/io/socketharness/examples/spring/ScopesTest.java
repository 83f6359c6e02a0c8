package io.socketharness.examples.spring;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Under PER_CLASS the context is made before {@code @BeforeAll}; nested classes share it, and the server. */
@SpringBootTest(classes = Application.class)
@TestInstance(Lifecycle.PER_CLASS)
class ScopesTest {

    @SocketServer(scriptResource = "smtp.script")
    static FakeServer mail;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("spring.mail.host", mail::host);
        registry.add("spring.mail.port", mail::port);
    }

    @Test
    void invites(@Autowired Invitations invitations) {
        invitations.invite("bob@mail.test");

        assertThat(mail).receivedContaining("RCPT TO:<bob@mail.test>");
    }

    @Nested
    class Inner {
        @Test
        void invites(@Autowired Invitations invitations) {
            invitations.invite("cyd@mail.test");

            assertThat(mail).receivedContaining("RCPT TO:<cyd@mail.test>");
        }
    }
}
