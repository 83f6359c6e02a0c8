package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Connection;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's table of steps has every step that there is, and no other; so has that of receives. */
class BehavioursGuideTest {

    private static final Pattern CALL = Pattern.compile("(?<![.\\w])([a-z]\\w*)\\(");

    @Test
    void everyStepIsShown() throws IOException {
        assertThat(calls("All steps")).containsExactlyInAnyOrderElementsOf(names(Behaviours.class, true));
    }

    @Test
    void everyReceiveIsShown() throws IOException {
        assertThat(calls("Receiving"))
                .containsExactlyInAnyOrderElementsOf(names(Connection.class, false).stream()
                        .filter(name -> name.startsWith("receive") || name.equals("atEnd"))
                        .toList());
    }

    private static Set<String> calls(String heading) throws IOException {
        List<Row> rows = Markdown.read("docs/behaviours.md").rows(heading);
        return rows.stream()
                .flatMap(row -> row.code(0).stream())
                .flatMap(code -> CALL.matcher(code).results())
                .map((MatchResult call) -> call.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Class<?> type, boolean statics) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Modifier.isStatic(method.getModifiers()) == statics)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }
}
