package io.socketharness.junit5;

import io.socketharness.spi.TestCaptures.Attachments;
import io.socketharness.spi.TestCaptures.Content;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Adds files to the report of a test, if JUnit supports it.
 *
 * <p>The call for each version of JUnit is in a separate class, which is loaded only when it is used, because the
 * method may not exist.
 */
final class Attachment implements Attachments {

    private final ExtensionContext context;

    Attachment(ExtensionContext context) {
        this.context = context;
    }

    @Override
    public boolean add(String name, String mediaType, Content content) throws IOException {
        AtomicBoolean isCalled = new AtomicBoolean();
        Content noted = file -> {
            isCalled.set(true);
            content.write(file);
        };
        try {
            try {
                From514.publish(context, name, mediaType, noted);
            } catch (LinkageError older) {
                From512.publish(context, name, mediaType, noted);
            }
            return true;
        } catch (LinkageError before512) {
            return false;
        } catch (RuntimeException unable) {
            if (isCalled.get()) {
                throw unable;
            }
            // a launcher without a directory for files
            return false;
        }
    }

    private static final class From514 {
        static void publish(ExtensionContext context, String name, String mediaType, Content content) {
            context.publishFile(name, org.junit.jupiter.api.MediaType.parse(mediaType), content::write);
        }
    }

    private static final class From512 {
        @SuppressWarnings("deprecation")
        static void publish(ExtensionContext context, String name, String mediaType, Content content) {
            context.publishFile(name, org.junit.jupiter.api.extension.MediaType.parse(mediaType), content::write);
        }
    }
}
