package io.socketharness.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The trap of the context cache: classes that share a context, and not the server that it was told of. */
class ContextCacheTest {

    @Test
    void theSecondClassMeetsTheServerOfTheFirst() {
        List<Throwable> failures = failures(First.class, Second.class);

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasRootCauseInstanceOf(ConnectException.class));
    }

    @Test
    void theSecondClassMeetsTheServerOfTheFirstWithSystemPropertiesToo() {
        assertThat(failures(FirstOfTheSystem.class, SecondOfTheSystem.class))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasRootCauseInstanceOf(ConnectException.class));
    }

    @Test
    void aContextThatIsThrownAwayAfterTheClassIsNotMetAgain() {
        assertThat(failures(FirstAfresh.class, SecondAfresh.class)).isEmpty();
    }

    private static List<Throwable> failures(Class<?>... tests) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
        for (Class<?> test : tests) {
            kit.selectors(selectClass(test));
        }
        return kit.execute().testEvents().finished().assertStatistics(all -> all.finished(tests.length)).stream()
                .map(ContextCacheTest::result)
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    private static TestExecutionResult result(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class);
    }

    @SpringBootTest(classes = Application.class)
    abstract static class Mailing {

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
        }
    }

    static class First extends Mailing {}

    static class Second extends Mailing {}

    // tag::dirties[]
    @DirtiesContext // after the class
    abstract static class MailingInANewContext extends Mailing {}
    // end::dirties[]

    static class FirstAfresh extends MailingInANewContext {}

    static class SecondAfresh extends MailingInANewContext {}

    @SpringBootTest(classes = Application.class)
    static class FirstOfTheSystem {

        @SocketServer(
                scriptResource = "smtp.script",
                properties = {"spring.mail.host=${host}", "spring.mail.port=${port}"})
        static FakeServer mail;

        @Test
        void invites(@Autowired Invitations invitations) {
            invitations.invite("bob@mail.test");
        }
    }

    @SpringBootTest(classes = Application.class)
    static class SecondOfTheSystem {

        @SocketServer(
                scriptResource = "smtp.script",
                properties = {"spring.mail.host=${host}", "spring.mail.port=${port}"})
        static FakeServer mail;

        @Test
        void invites(@Autowired Invitations invitations) {
            invitations.invite("bob@mail.test");
        }
    }
}
