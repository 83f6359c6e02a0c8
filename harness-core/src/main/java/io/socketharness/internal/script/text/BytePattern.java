package io.socketharness.internal.script.text;

import io.socketharness.internal.recording.Difference;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Connection;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message of known bytes and of places for unknown bytes, as in {@code C!}. */
public record BytePattern(List<Element> elements) {

    sealed interface Element {}

    record Literal(Template bytes) implements Element {}

    /**
     * Any bytes.
     *
     * @param count or {@link #REST}
     * @param name of the variable that stores them, or empty
     */
    record Place(int count, String name) implements Element {}

    /** The rest of the message. */
    static final int REST = -1;

    public BytePattern {
        for (int i = 0; i < elements.size() - 1; i++) {
            if (elements.get(i) instanceof Place place && place.count() == REST) {
                throw new IllegalArgumentException("found more after " + print(place)
                        + ", which matches the rest of the message; it must be last");
            }
        }
        elements = List.copyOf(elements);
    }

    public static BytePattern of(Bytes bytes) {
        return new BytePattern(
                bytes.isEmpty() ? List.of() : List.of(new Literal(new Template(List.of(new Template.Raw(bytes))))));
    }

    /** The pattern with its known bytes replaced. */
    public BytePattern map(UnaryOperator<Template> change) {
        return new BytePattern(elements.stream()
                .map(e -> e instanceof Literal literal ? new Literal(change.apply(literal.bytes())) : e)
                .filter(e -> !(e instanceof Literal literal && literal.bytes().isEmpty()))
                .toList());
    }

    /** Whether it runs user code, which may take long. */
    public boolean isComputed() {
        for (Element element : elements) {
            if (element instanceof Literal literal && literal.bytes().isComputed()) {
                return true;
            }
        }
        return false;
    }

    /** Whether some of its bytes are unknown. */
    public boolean hasPlaces() {
        return elements.stream().anyMatch(Place.class::isInstance);
    }

    public boolean hasRest() {
        return !elements.isEmpty() && elements.get(elements.size() - 1) instanceof Place last && last.count() == REST;
    }

    /** The number of bytes, if it does not depend on variables or a charset. */
    public OptionalInt size() {
        int size = 0;
        for (Element element : elements) {
            if (element instanceof Place place && place.count() != REST) {
                size += place.count();
            } else if (element instanceof Literal literal
                    && literal.bytes().parts().stream().allMatch(p -> p instanceof Template.Raw)) {
                size += literal.bytes().parts().stream()
                        .mapToInt(p -> ((Template.Raw) p).bytes().size())
                        .sum();
            } else {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(size);
    }

    /** The variables that its known bytes refer to. */
    public List<String> variables() {
        return elements.stream()
                .flatMap(e -> e instanceof Literal literal ? literal.bytes().variables().stream() : Stream.empty())
                .toList();
    }

    /** The names of the variables that store bytes. */
    public List<String> names() {
        return elements.stream()
                .flatMap(e ->
                        e instanceof Place place && !place.name().isEmpty() ? Stream.of(place.name()) : Stream.empty())
                .toList();
    }

    /**
     * The pattern with the values of a connection's variables.
     *
     * @param bytes zero where a byte is unknown
     * @param unknown the unknown positions
     */
    public record Resolved(Bytes bytes, BitSet unknown) {}

    /** For a message of {@code size} bytes, if the pattern has a rest. */
    public Resolved resolve(Connection connection, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BitSet unknown = new BitSet();
        for (Element element : elements) {
            if (element instanceof Literal literal) {
                out.writeBytes(literal.bytes().bytes(connection));
            } else if (element instanceof Place place) {
                int from = out.size();
                int count = place.count() == REST ? Math.max(0, size - from) : place.count();
                out.writeBytes(new byte[count]);
                unknown.set(from, from + count);
            }
        }
        return new Resolved(Bytes.of(out.toByteArray()), unknown);
    }

    /** The difference between a message and the pattern, or null; then its places are stored in variables. */
    @Nullable
    public Difference fault(byte[] message, Connection connection) {
        Resolved expected = resolve(connection, message.length);
        byte[] filled = expected.bytes().toByteArray();
        expected.unknown().stream().filter(i -> i < message.length).forEach(i -> filled[i] = message[i]);
        if (!Arrays.equals(filled, message)) {
            return MessageDifference.of(Bytes.of(filled), expected.unknown(), Bytes.of(message), connection);
        }
        keep(message, connection);
        return null;
    }

    private void keep(byte[] message, Connection connection) {
        Map<String, Bytes> kept = new HashMap<>();
        int from = 0;
        for (Element element : elements) {
            int to = message.length;
            if (element instanceof Literal literal) {
                to = from + literal.bytes().bytes(connection).length;
            } else if (element instanceof Place place && place.count() != REST) {
                to = from + place.count();
            }
            if (element instanceof Place place && !place.name().isEmpty()) {
                kept.put(place.name(), Bytes.of(message).slice(from, to));
            }
            from = to;
        }
        connection.variables().putAll(kept);
    }

    /** In the form of {@code C!}. */
    public String toHex() {
        StringJoiner out = new StringJoiner(" ");
        for (Element element : elements) {
            out.add(element instanceof Literal literal ? literal.bytes().toHex() : print((Place) element));
        }
        return out.toString();
    }

    private static String print(Place place) {
        return "[" + (place.count() == REST ? "*" : place.count())
                + (place.name().isEmpty() ? "" : " " + place.name()) + "]";
    }
}
