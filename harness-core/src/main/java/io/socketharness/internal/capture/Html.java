package io.socketharness.internal.capture;

import io.socketharness.recording.Bytes;

/** A part of a page, well-formed as XML. All text is escaped, and all of it is visible: see {@link VisibleText}. */
public final class Html implements VisibleText.Target {

    private final StringBuilder out = new StringBuilder();

    /** Opens an element. {@code attributes} are names, each followed by its value. */
    public Html open(String element, String... attributes) {
        return tag(element, attributes, ">");
    }

    /** Adds an element without content. */
    public Html empty(String element, String... attributes) {
        return tag(element, attributes, "/>");
    }

    private Html tag(String element, String[] attributes, String end) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            VisibleText.forEach(attributes[i + 1], new VisibleText.Target() {
                @Override
                public void text(String shown) {
                    escaped(shown);
                }

                @Override
                public void escape(String escape) {
                    out.append(escape);
                }
            });
            out.append('"');
        }
        out.append(end);
        return this;
    }

    /** Closes elements, the innermost first. */
    public Html close(String... elements) {
        for (String element : elements) {
            out.append("</").append(element).append('>');
        }
        return this;
    }

    /** Adds an element that contains a text alone. */
    public Html element(String element, String text, String... attributes) {
        return open(element, attributes).words(text).close(element);
    }

    /** Adds text. */
    public Html words(String text) {
        VisibleText.forEach(text, this);
        return this;
    }

    /** Adds bytes as text, with an end of line after each line feed if {@code lines} says so. */
    Html bytes(Bytes bytes, boolean lines) {
        VisibleText.forEach(bytes, lines, this);
        return this;
    }

    /** Adds another part. */
    public Html add(Html part) {
        out.append(part.out);
        return this;
    }

    /** Adds a resource of the library as it is. */
    public Html resource(String content) {
        out.append(content);
        return this;
    }

    @Override
    public void text(String shown) {
        escaped(shown);
    }

    @Override
    public void escape(String escape) {
        out.append("<b>").append(escape).append("</b>");
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }

    /** The number of bytes in UTF-8. */
    public int size() {
        int size = 0;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            // each half of a surrogate pair counts two of its four bytes
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
