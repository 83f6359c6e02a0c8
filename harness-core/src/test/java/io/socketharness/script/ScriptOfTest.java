package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scripts made in Java: what they refuse, and how they print. */
class ScriptOfTest {

    @Test
    @SuppressWarnings("NullAway")
    void refusesNull() {
        assertThatThrownBy(() -> Script.of(sendLine("a"), null))
                .hasMessage("step 2 is null; a behaviour is needed, such as those of Behaviours");
    }

    @Test
    void refusesTwoWholeScripts() {
        Script login = Script.of(expectLine("LOGIN"));

        assertThatThrownBy(() -> Script.of(login, sendLine("a"), login))
                .hasMessage(
                        "step 3 is a second whole script in one list, which is one connection's script; call enqueue"
                                + " once for each connection, or join their steps");
    }

    @Test
    void refusesStepsThatAreNeverReached() {
        assertThatThrownBy(() -> Script.of(expectLine("a"), close(), sendLine("b")))
                .hasMessage("step 3 (S: b) can never be reached: the step before it (@close) does not end");
        assertThatThrownBy(() -> Script.of(Script.of(echo()), sendLine("b")))
                .hasMessage("step 2 (S: b) can never be reached: the step before it (@echo) does not end");
    }

    @Test
    void refusesLineBreaksInLines() {
        assertThatThrownBy(() -> expectLine("a\r\n"))
                .hasMessage(
                        "\"a\\r\\n\" contains a line break, but one line is allowed; use a step for each line, or send"
                                + " and expect");
    }

    @Test
    void refusesInvalidSteps() {
        assertThatThrownBy(() -> receive(-1, "")).hasMessage("receive -1 bytes; 0 or more are allowed");
        assertThatThrownBy(() -> receiveCount("", "data"))
                .hasMessage("\"\" is not a variable name; a letter and then letters, digits, '.', '-' and '_' are"
                        + " allowed");
        assertThatThrownBy(() -> batch()).hasMessage("batch contains no step; at least one is needed");
        assertThatThrownBy(() -> batch(eol(Eol.LF)))
                .hasMessage("batch contains only settings; a step that sends is needed");
        assertThatThrownBy(() -> batch(sendLine("a"), connection -> {}))
                .hasMessage(
                        "batch contains \"@code a lambda of ScriptOfTest\"; only sends are allowed (S: S< S! @send),"
                                + " and @eol, @charset and @frame for them");
        assertThatThrownBy(() -> receive("my name"))
                .hasMessage("\"my name\" is not a variable name; a letter and then letters, digits, '.', '-' and '_'"
                        + " are allowed");
        assertThatThrownBy(() -> repeat(0, sendLine("a"))).hasMessage("repeat 0 times; at least 1 is needed");
        assertThatThrownBy(() -> drip(0, Duration.ZERO)).hasMessage("drips of 0 bytes; at least 1 is needed");
        assertThatThrownBy(() -> delay(Duration.ofMillis(-1)))
                .hasMessage("the delay is PT-0.001S; from 0 to a hundred years is allowed");
        assertThatThrownBy(() -> match()).hasMessage("match has no case for a message; at least one is needed");
        assertThatThrownBy(() -> match(otherwise(), when(expectLine("a"))))
                .hasMessage("case 2 of match can never be reached: the case before it matches any message");
        assertThatThrownBy(() -> Framing.length(4).after(-1))
                .hasMessage("a length after -1 bytes; 0 or more are allowed");
        assertThatThrownBy(() -> Framing.length(5)).hasMessage("a length prefix of 5 bytes; 1, 2, 3 or 4 are allowed");
        assertThatThrownBy(() -> Framing.until()).hasMessage("the delimiter is empty; at least one byte is needed");
        assertThatThrownBy(() -> sendResource(ScriptOfTest.class, "missing.bin"))
                .hasMessage("resource \"missing.bin\" not found on the class path, neither beside"
                        + " io.socketharness.script.ScriptOfTest nor at the root");
    }

    @Test
    void oneScriptAmongStepsIsItsSteps() {
        Script greeting = Script.of(sendLine("hello"), expectLine("hi"));

        assertThat(Script.of(greeting, sendLine("bye")))
                .isEqualTo(Script.of(sendLine("hello"), expectLine("hi"), sendLine("bye")));
    }

    @Test
    void theSettingsOfAnInnerScriptStayInsideABlock() {
        Script greeting = Script.of(eol(Eol.LF), sendLine("hello"));

        assertThat(Script.of(greeting, sendLine("bye"))).hasToString("@eol lf\nS: hello\nS: bye\n");
        assertThat(Script.of(repeat(1, greeting), sendLine("bye")))
                .hasToString("@repeat 1\n  @eol lf\n  S: hello\n@end\nS: bye\n");
    }

    @Test
    void blocksPrintIndented() {
        Script script = Script.of(
                repeat(2, maybe(expectLine("a"), sendLine("b"))),
                match(when(receive("id"), send("${id}\n"), leave())),
                forever(delay(Duration.ofMillis(1500)), sendLine(" c ")));

        assertThat(script).hasToString("""
                        @repeat 2
                          @maybe
                            C: a
                            S: b
                          @end
                        @end
                        @match
                          @receive id
                          S< ${id}\\n
                          @leave
                        @end
                        @forever
                          @delay 1500ms
                          S: ${} c\s
                        @end
                        """);
    }

    @Test
    void codePrintsItsName() {
        Behaviour own = new Own();

        assertThat(Script.of(own, reply(String::trim), frame(new OwnFraming())))
                .hasToString("@code Own\n@code reply with a lambda of ScriptOfTest\n@code OwnFraming\n");
        assertThat(Script.of(connection -> {})).hasToString("@code a lambda of ScriptOfTest\n");
    }

    private static final class Own implements Behaviour {
        @Override
        public void run(Connection connection) {}
    }

    private static final class OwnFraming implements Framing {
        @Override
        public byte[] receive(Connection connection) {
            return connection.receive(1);
        }

        @Override
        public byte[] frame(byte[] message) {
            return message;
        }
    }
}
