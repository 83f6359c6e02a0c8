package io.socketharness.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Messages of the library in words for the program. The library speaks of a test in Java, which throws exceptions and
 * calls methods.
 */
final class CommandWords {

    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(", set optional = true.", ", set --optional.");
        WORDS.put("enqueue another script, or ", "add a script with --scripts, or ");
        WORDS.put(
                "give it server.tls().clientContext(), or the certificate in the file server.tls().caPemFile().",
                "give it the certificate of --ca-file or SOCKET_HARNESS_CA.");
        WORDS.put("Declare a part that differs in each run with mask.", "Declare a part that differs with --mask.");
        WORDS.put(
                "run the test with -Dsocketharness.tape=record, or use Tape.of(...) where the test has no annotation.",
                "use socket-harness record.");
        WORDS.put("use port 0 for a free one and inject it", "without --port, the server has a free one");
        WORDS.put("the test threw ", "");
        WORDS.put("The test is not repeatable", "The command is not repeatable");
        WORDS.put("the test returned, but ", "the command ended with 0, but ");
        WORDS.put("did not arrive, and the test needs it", "did not arrive, and the command needs it");
        WORDS.put("the test did not end within", "the command did not end within");
        WORDS.put("= an assertion fails", "= the output differs");
        WORDS.put("= an exception that is not tolerated", "= an exit code that is not tolerated");
    }

    private CommandWords() {}

    static String of(String text) {
        String words = text;
        for (Map.Entry<String, String> one : WORDS.entrySet()) {
            words = words.replace(one.getKey(), one.getValue());
        }
        return words;
    }
}
