package io.socketharness.junit5;

import io.socketharness.FakeServer;
import java.lang.System.Logger;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Attaches the dialogue of a server to the report of a test, if JUnit supports it.
 *
 * <p>The call for each version of JUnit is in a separate class, which is loaded only when it is used, because the
 * method may not exist.
 */
final class Attachment {

    private Attachment() {}

    static void publish(ExtensionContext context, FakeServer server) {
        String name = "dialogue-" + server.spec().name().orElse("server").replaceAll("[^\\w.-]", "_") + ".txt";
        String dialogue = server.recording() + "\n";
        try {
            try {
                From514.publish(context, name, dialogue);
            } catch (LinkageError older) {
                From512.publish(context, name, dialogue);
            }
        } catch (LinkageError | RuntimeException unable) {
            // A report must never fail a test. The dialogue is in the message too.
            System.getLogger("io.socketharness")
                    .log(Logger.Level.DEBUG, "the dialogue could not be attached to the report", unable);
        }
    }

    private static final class From514 {
        static void publish(ExtensionContext context, String name, String text) {
            context.publishFile(
                    name, org.junit.jupiter.api.MediaType.TEXT_PLAIN_UTF_8, file -> Files.writeString(file, text));
        }
    }

    private static final class From512 {
        @SuppressWarnings("deprecation")
        static void publish(ExtensionContext context, String name, String text) {
            context.publishFile(
                    name,
                    org.junit.jupiter.api.extension.MediaType.TEXT_PLAIN_UTF_8,
                    file -> Files.writeString(file, text));
        }
    }
}
