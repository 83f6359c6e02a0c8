package io.socketharness.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files. */
public final class Utf8File {

    private Utf8File() {}

    /**
     * Reads a file.
     *
     * @param what what the file is, for messages, such as "a tape"
     * @return its text, without the byte order mark with which some editors begin a file
     * @throws IOException if it cannot be read, or is not UTF-8
     */
    public static String read(Path file, String what) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException binary) {
            throw new IOException(file + " is not " + what + ": it is not text in UTF-8", binary);
        }
    }
}
