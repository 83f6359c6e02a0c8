package io.socketharness.examples.documents;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as the guides write them: text with the escapes of {@code S<} lines. */
final class Escaped {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([rnt0\\\\])|x(..))");

    private Escaped() {}

    static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(text);
        int from = 0;
        while (escape.find()) {
            out.writeBytes(text.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
            out.write(
                    escape.group(1) == null
                            ? Integer.parseInt(escape.group(2), 16)
                            : "\r\n\t\0\\".charAt("rnt0\\".indexOf(escape.group(1))));
            from = escape.end();
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
