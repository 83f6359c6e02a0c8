package io.socketharness;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What happened is kept as values, and text is made of them for display: no code looks into text that the library has
 * made. Whether a text is such cannot be seen in the code, so all classes that look into text are listed here, with where
 * it comes from.
 */
class TextParsingTest {

    /** Each class with whose text it is. No text of the library belongs here: keep values beside it. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            // URLs, options and properties that the user wrote
            Map.entry("ServerUrl", "the user's URL"),
            Map.entry("SpecChecks", "the user's names of protocols"),
            Map.entry("OptionValue", "the user's values of options"),
            Map.entry("UnixOptions", "the user's path, umask and mode"),
            Map.entry("TransportNames", "the user's name of a transport"),
            Map.entry("Hosts", "the user's host"),
            Map.entry("PropertyTemplates", "the user's properties"),
            Map.entry("FileNames", "the user's names of tests and servers"),
            Map.entry("ReplayAdvice", "the user's tape"),
            // scripts that the user wrote
            Map.entry("Parser", "the user's script"),
            Map.entry("Markers", "the user's script"),
            Map.entry("TypedBreak", "the user's line, or one of the client's"),
            Map.entry("Arguments", "the user's script"),
            Map.entry("ConditionText", "the user's network condition"),
            Map.entry("Words", "the user's network condition"),
            Map.entry("Quantities", "the user's network condition"),
            Map.entry("FrameArguments", "the user's script"),
            Map.entry("Template", "the user's text with variables"),
            Map.entry("Hex", "the user's hex"),
            Map.entry("Durations", "the user's durations"),
            Map.entry("Resources", "the user's name of a resource"),
            Map.entry("VariableName", "the user's name of a variable"),
            Map.entry("NamedGroups", "the user's regular expression"),
            Map.entry("RegexRun", "the user's regular expression and what the client sent"),
            Map.entry("AbstractExchangeAssert", "the user's part of a reason, and names of subjects"),
            // certificates that the user named or gave
            Map.entry("HostName", "the user's host"),
            Map.entry("PemKey", "the user's PEM"),
            Map.entry("PemSource", "the user's PEM"),
            Map.entry("PemBlocks", "the user's PEM"),
            Map.entry("TlsSettings", "a security property of the JDK"),
            // what the client sent
            Map.entry("RecordedExchange", "the lines that the client sent"),
            Map.entry("WebSocketUpgrade", "the client's request"),
            Map.entry("ReceiveCount", "the number that the client sent"),
            Map.entry("RealServerAddress", "the address of a real server"),
            Map.entry("ForwardText", "the address of a real server"),
            Map.entry("TlsUpgrade", "a regular expression of the user"),
            // bytes of the client or the real server
            Map.entry("LineWatch", "lines of the client and the real server"),
            Map.entry("Pop3Watch", "lines of the client and the real server"),
            Map.entry("WatchedLine", "lines of the client and the real server"),
            // tapes, and the user's masks and secrets
            Map.entry("TapeReader", "the user's tape"),
            Map.entry("TapeRecording", "the user's tape"),
            Map.entry("Utf8File", "the user's file"),
            Map.entry("TapeName", "the user's name of a tape"),
            Map.entry("TapeLocation", "the user's name of a tape"),
            Map.entry("TapeDifference", "the lines of two tapes"),
            Map.entry("MessageText", "messages of the client and the real server"),
            Map.entry("Masking", "the user's regular expression, and messages"),
            Map.entry("OwnAddress", "messages of the client and the real server"),
            Map.entry("Redaction", "the user's regular expression, and messages"),
            Map.entry("ScriptSecrets", "the user's script"),
            Map.entry("Secrets", "the user's regular expression, in messages and reports"),
            Map.entry("PatternSearch", "the user's regular expression, in messages and reports"),
            Map.entry("ShortenedSecrets", "the client's and the real server's secrets in reports"),
            Map.entry("PassingInput", "the name of a method of Connection"),
            Map.entry("TextAdvice", "the expected and the received text"),
            // messages and names of the JDK and the system, which have no types for them
            Map.entry("ServerStartException", "the system's refusal"),
            Map.entry("SocketFile", "the system's refusal"),
            Map.entry("PathOccupant", "the system's list of sockets"),
            Map.entry("UnixNames", "junixsocket's refusal"),
            Map.entry("TcpAddress", "the name of the system"),
            Map.entry("FullQueue", "the name of the system"),
            Map.entry("CallerFrames", "names of classes in stack traces"),
            Map.entry("Judge", "names of classes in stack traces"),
            // the sweep
            Map.entry("Comparison", "messages of the client and the server"),
            Map.entry("MessageStep", "messages of the client and the server"),
            Map.entry("ReportText", "scripts with the user's text"),
            Map.entry("SweepRunsHtml", "the message of the user's exception"),
            Map.entry("MatrixText", "words of effects, to fit a column"),
            Map.entry("MessageLabel", "messages of the client and the server"),
            Map.entry("KnownWeaknesses", "the user's file"),
            Map.entry("ServerNames", "the user's name of a server"),
            Map.entry("Report", "the error of a test, in which the user may describe the assertion"),
            Map.entry("TestFailure", "the message of the user's exception"),
            Map.entry("UserFrame", "names of classes in stack traces"),
            Map.entry("TestCode", "names of classes in stack traces"),
            Map.entry("TextForm", "the name of a lambda's class"),
            Map.entry("HandshakeFailure", "the JDK's reason of a failed handshake"),
            Map.entry("OneCertificate", "the JDK's type of a key"),
            // JSSE hands back a key as text
            Map.entry("ServerNameKeyManager", "the alias of a certificate, and the client's name of a host"));

    private static final Set<String> LOOKING = Set.of(
            "startsWith",
            "endsWith",
            "contains",
            "indexOf",
            "lastIndexOf",
            "matches",
            "matcher",
            "regionMatches",
            "replaceAll",
            "replaceFirst",
            "split",
            "splitAsStream",
            "equalsIgnoreCase",
            "asPredicate",
            "asMatchPredicate");

    /** As it was compiled, without the tests. */
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(FakeServer.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void noTextOfTheLibraryIsLookedInto() {
        Set<String> looking = CORE.stream()
                .filter(one -> lookups(one).findAny().isPresent())
                .map(TextParsingTest::name)
                .collect(toCollection(TreeSet::new));

        assertThat(looking)
                .as("classes that look into text; where the library made that text, keep a value beside it instead")
                .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    private static Stream<? extends JavaAccess<?>> lookups(JavaClass one) {
        return Stream.concat(one.getMethodCallsFromSelf().stream(), one.getMethodReferencesFromSelf().stream())
                .filter(call -> isLookup(call.getTargetOwner(), call.getName()));
    }

    private static boolean isLookup(JavaClass owner, String method) {
        return LOOKING.contains(method)
                && (owner.isAssignableTo(CharSequence.class) || owner.isEquivalentTo(Pattern.class));
    }

    /** Of the class that it stands in; no two classes have the same. */
    private static String name(JavaClass one) {
        JavaClass outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.getSimpleName();
    }
}
