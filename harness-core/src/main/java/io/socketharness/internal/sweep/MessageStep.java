package io.socketharness.internal.sweep;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketharness.internal.recording.Notation;
import io.socketharness.recording.Bytes;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes messages of a trace as steps of a script. */
final class MessageStep {

    /** The script accepts any bytes in place of a longer message of the client. */
    private static final int LONGEST_EXPECTED = 4096;
    /** In place of a part that differs between runs. */
    private static final char MASKED = '…';

    private static final String ANYTHING = ".*";
    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    private final Comparison comparison;
    private final Map<String, String> address;
    private final UnaryOperator<String> withoutSecrets;
    private final boolean datagrams;

    MessageStep(CleanRun clean, Comparison comparison) {
        this.comparison = comparison;
        this.address = clean.address();
        this.withoutSecrets = clean.withoutSecrets();
        this.datagrams = clean.transport().isDatagrams();
    }

    /** The step that sends or expects a message, or a part of one. */
    String of(boolean fromServer, Bytes bytes) {
        if (fromServer) {
            return exact("S", bytes);
        }
        if (bytes.size() > LONGEST_EXPECTED) {
            return receive(bytes);
        }
        String variable = variable(bytes);
        if (variable == null) {
            return exact("C", bytes);
        }
        return isLine(bytes) ? "C~ " + variable : receive(bytes);
    }

    private String receive(Bytes bytes) {
        return datagrams ? "@receive" : "@receive " + bytes.size();
    }

    private String exact(String party, Bytes bytes) {
        boolean line =
                isLine(bytes) && (datagrams || party.equals("C") || bytes.text().endsWith("\r\n"));
        if (line) {
            String text = Comparison.withAddress(Notation.line(content(bytes)), address);
            return text.isEmpty() ? party + ":" : party + ": " + text;
        }
        return bytes.isMostlyText() && !bytes.isEmpty()
                ? party + "< " + Comparison.withAddress(visible(Notation.escapedBytes(bytes)), address)
                : party + "! " + bytes.hex();
    }

    /** Whether a line of a script can contain it: the end of such a line is invisible. */
    private boolean isLine(Bytes bytes) {
        String content = content(bytes);
        boolean ends = datagrams || content.length() < bytes.text().length();
        return bytes.isText()
                && ends
                && content.indexOf('\n') < 0
                && content.indexOf('\r') < 0
                && content.equals(content.stripTrailing());
    }

    private String content(Bytes bytes) {
        String text = bytes.text();
        if (datagrams || !text.endsWith("\n")) {
            return text;
        }
        return text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }

    /** Escaped text, in which a blank at the end is visible. */
    private static String visible(String escaped) {
        return escaped.endsWith(" ") ? escaped.substring(0, escaped.length() - 1) + "\\x20" : escaped;
    }

    /** A regular expression for a message with masked or secret parts; null if it has none. */
    private @Nullable String variable(Bytes bytes) {
        String masked = masked(bytes);
        String hidden = withoutSecrets.apply(masked);
        StringBuilder regex = new StringBuilder();
        boolean isVariable = false;
        for (int i = 0; i < masked.length(); i++) {
            char c = masked.charAt(i);
            if (c == MASKED || hidden.charAt(Math.min(i, hidden.length() - 1)) != c) {
                isVariable = true;
                regex.append(regex.toString().endsWith(ANYTHING) ? "" : ANYTHING);
            } else {
                regex.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        if (!isVariable) {
            return null;
        }
        return regex.charAt(0) == ' ' ? "[ ]" + regex.substring(1) : regex.toString();
    }

    /** The message as a line of text, with {@link #MASKED} in place of what may differ. */
    private String masked(Bytes bytes) {
        String text = comparison.text(bytes, Map.of());
        if (text.indexOf(MASKED) < 0) {
            return content(bytes);
        }
        String masked = Arrays.stream(text.split(String.valueOf(MASKED), -1))
                .map(part -> new String(part.getBytes(ISO_8859_1), UTF_8))
                .collect(Collectors.joining(String.valueOf(MASKED)));
        return masked.stripTrailing();
    }
}
