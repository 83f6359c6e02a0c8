package io.socketharness.script;

/** What the steps that hold blocks have in common. */
final class Blocks {

    private Blocks() {}

    static void requireSteps(String what, Script body) {
        if (body.steps().isEmpty()) {
            throw new IllegalArgumentException(what + " holds no step; at least one is needed");
        }
    }

    static Taking firstTaking(String what, Script body) {
        requireSteps(what, body);
        if (body.steps().get(0) instanceof Taking taking) {
            return taking;
        }
        throw notTaking(what, TextForm.lines(body.steps().get(0)).get(0));
    }

    static IllegalArgumentException notTaking(String what, String line) {
        return new IllegalArgumentException(what + " begins with \"" + line
                + "\"; it must begin with a step that takes a message: C: C~ C< C! or @receive");
    }
}
