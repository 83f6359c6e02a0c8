package io.socketharness.internal.script.text;

import static io.socketharness.script.Behaviours.*;

import io.socketharness.internal.script.steps.Broadcast;
import io.socketharness.internal.script.steps.BroadcastMessage;
import io.socketharness.internal.script.steps.ExpectBytes;
import io.socketharness.internal.script.steps.ExpectLine;
import io.socketharness.internal.script.steps.ExpectText;
import io.socketharness.internal.script.steps.Receive;
import io.socketharness.internal.script.steps.SendBytes;
import io.socketharness.internal.script.steps.SendLine;
import io.socketharness.internal.script.steps.SendText;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Case;
import io.socketharness.script.Eol;
import io.socketharness.script.Framing;
import io.socketharness.script.LengthFraming;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsAlert;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Scripts of all textual steps, with odd text in them. */
public final class Scripts {

    private Scripts() {}

    public static Arbitrary<Script> any() {
        return Combinators.combine(plain(2).list().ofMaxSize(6), endless(2).optional())
                .as((steps, end) -> {
                    List<Behaviour> all = new ArrayList<>(steps);
                    end.ifPresent(all::add);
                    return Script.of(all.toArray(new Behaviour[0]));
                });
    }

    /** Odd text, and what the notation gives a meaning to. */
    static Arbitrary<String> text() {
        Arbitrary<String> odd = Arbitraries.of(
                "$", "{", "}", "${", "$${", "${}", "${$}", "${host}", "\\", "\\x", "\\Q", "\\E", " ", "\t", "\0",
                "\u0001", "\u007f", "\u0085", "\u00a0", "\u2028", "\ufeff", "é", "漢", "😀", "\ud800", "#", "@end",
                "S: ", "~", "a", "\\r\\n", "\\n");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(3, odd),
                        net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(4)))
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<Template> template() {
        Arbitrary<Template.Part> part = Arbitraries.oneOf(
                text().filter(t -> !t.isEmpty()).map(Template.Text::new),
                Arbitraries.of("host", "port", "client.port").map(Template.Variable::new));
        return part.list().ofMaxSize(4).map(Scripts::joined);
    }

    /** Text beside text is one text. */
    private static Template joined(List<Template.Part> parts) {
        return new Template(parts).with(java.util.Map.of());
    }

    private static Arbitrary<Template> line() {
        return template()
                .filter(t -> t.parts().stream()
                        .noneMatch(p ->
                                p instanceof Template.Text text && text.text().matches("(?s).*[\r\n].*")));
    }

    /** What hex lines hold: text, variables and bytes, like beside like joined. */
    private static Arbitrary<Template> hex() {
        Arbitrary<Template> raw = bytes().map(b -> ((SendBytes) send(b)).bytes());
        return Arbitraries.oneOf(template(), raw).list().ofMaxSize(4).map(all -> {
            List<Template.Part> parts = new ArrayList<>();
            all.forEach(one -> Template.add(parts, one.parts()));
            return new Template(List.copyOf(parts));
        });
    }

    private static Arbitrary<BytePattern> pattern() {
        Arbitrary<List<BytePattern.Element>> some = Combinators.combine(
                        hex().filter(t -> !t.isEmpty()),
                        place(Arbitraries.integers().between(1, 9_999_999)))
                .as((literal, place) -> List.of(new BytePattern.Literal(literal), place));
        return Combinators.combine(
                        some.list().ofMaxSize(3),
                        place(Arbitraries.just(BytePattern.REST)).optional())
                .as((all, rest) -> new BytePattern(Stream.concat(all.stream().flatMap(List::stream), rest.stream())
                        .toList()));
    }

    private static Arbitrary<BytePattern.Element> place(Arbitrary<Integer> counts) {
        return Combinators.combine(counts, Arbitraries.of("", "id", "a.b-c")).as(BytePattern.Place::new);
    }

    private static Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
    }

    private static Arbitrary<Behaviour> taking() {
        return Arbitraries.oneOf(
                line().map(ExpectLine::new),
                template().map(ExpectText::new),
                bytes().map(Behaviours::expect),
                pattern().map(ExpectBytes::new),
                text().filter(t -> t.matches("[^\r\n]*"))
                        .map(t -> expectLineMatching("(?<user>\\w+)"
                                + java.util.regex.Pattern.quote(t).replace("${", "$${"))),
                Arbitraries.of("", "id", "a.b-c").map(Behaviours::receive));
    }

    private static Arbitrary<Behaviour> simple() {
        Arbitrary<Duration> durations = Arbitraries.longs()
                .between(0, Duration.ofDays(36_500).toNanos())
                .map(Duration::ofNanos);
        return Arbitraries.oneOf(
                line().map(SendLine::new),
                template().map(SendText::new),
                bytes().map(Behaviours::send),
                hex().map(SendBytes::new),
                line().map(Broadcast::new),
                hex().map(BroadcastMessage::new),
                Arbitraries.integers().between(0, 999_999_999).map(n -> receive(n, "part")),
                Arbitraries.of("", "part").map(name -> receiveCount("port", name)),
                durations.map(Behaviours::delay),
                durations.map(Behaviours::within),
                Combinators.combine(Arbitraries.integers().between(1, 99), durations)
                        .as(Behaviours::drip),
                Arbitraries.of(Eol.values()).map(Behaviours::eol),
                Arbitraries.of(Eol.CRLF, Eol.LF).map(Behaviours::exactEol),
                Arbitraries.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, StandardCharsets.US_ASCII)
                        .map(Behaviours::charset),
                Arbitraries.of(
                        newPort(),
                        webSocket(),
                        frame(Framing.webSocket()),
                        halfClose(),
                        unframed(),
                        frame(Framing.untilClose())),
                Arbitraries.of(
                        startTls(),
                        startTlsTolerant(),
                        startTlsResumed(),
                        tlsHello(),
                        tlsFlight(9),
                        tlsCorrupt(),
                        tlsTruncate()),
                Arbitraries.of(TlsAlert.values()).map(Behaviours::tlsAlert),
                Combinators.combine(
                                lengths(),
                                Arbitraries.integers().between(0, 9),
                                Arbitraries.integers().between(-9, 9))
                        .as((length, after, plus) -> frame(length.after(after).plus(plus))),
                bytes().filter(b -> b.length > 0).map(b -> frame(Framing.until(b))));
    }

    private static Arbitrary<LengthFraming> lengths() {
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.integers().between(1, 4),
                                Arbitraries.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN))
                        .as(Framing::length),
                Arbitraries.of(Framing.varint(), Framing.ber(), Framing.decimal()));
    }

    private static Arbitrary<Behaviour> plain(int depth) {
        Arbitrary<Behaviour> leaf = Arbitraries.oneOf(simple(), taking());
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Behaviour[]> steps =
                plain(depth - 1).list().ofMinSize(1).ofMaxSize(4).map(Scripts::array);
        Arbitrary<Behaviour> repeat =
                Combinators.combine(Arbitraries.integers().between(1, 9), steps).as(Behaviours::repeat);
        Arbitrary<Behaviour> maybe =
                Combinators.combine(taking(), steps).as((first, rest) -> maybe(array(first, rest)));
        Arbitrary<Behaviour> idle = Combinators.combine(cases(depth), positive(), steps)
                .as((cases, silence, then) ->
                        match(Stream.concat(cases.stream(), Stream.of(otherwise(leave()), whenIdle(silence, then)))
                                .toArray(Case[]::new)));
        Arbitrary<Behaviour> match = Combinators.combine(cases(depth), steps)
                .as((cases, last) -> match(Stream.concat(
                                cases.stream(),
                                Stream.of(otherwise(Stream.concat(Stream.of(last), Stream.of(leave()))
                                        .toArray(Behaviour[]::new))))
                        .toArray(Case[]::new)));
        Arbitrary<Behaviour> every = Combinators.combine(
                        positive(), sending().list().ofMinSize(1).ofMaxSize(3).map(Scripts::array))
                .as(Behaviours::every);
        // a block must not end with it
        Arbitrary<Behaviour> beside =
                Combinators.combine(every, steps).as((first, rest) -> repeat(1, array(first, rest)));
        return Arbitraries.oneOf(leaf, leaf, leaf, repeat, maybe, match, idle, beside, otherPort(), oneWrite());
    }

    private static Arbitrary<Behaviour> sending() {
        return Arbitraries.oneOf(line().map(SendLine::new), bytes().map(Behaviours::send), line().map(Broadcast::new));
    }

    private static Arbitrary<Duration> positive() {
        return Arbitraries.longs().between(1, Duration.ofDays(36_500).toNanos()).map(Duration::ofNanos);
    }

    private static Arbitrary<Behaviour> otherPort() {
        Arbitrary<Behaviour> send =
                Arbitraries.oneOf(line().map(SendLine::new), template().map(SendText::new), hex().map(SendBytes::new));
        Arbitrary<Behaviour> setting = Arbitraries.of(
                drip(1, Duration.ofMillis(1)), within(Duration.ofSeconds(1)), charset(StandardCharsets.ISO_8859_1));
        return Combinators.combine(send, Arbitraries.oneOf(send, setting).list().ofMaxSize(3))
                .as((first, rest) -> fromOtherPort(array(first, rest.toArray(new Behaviour[0]))));
    }

    private static Arbitrary<Behaviour> oneWrite() {
        Arbitrary<Behaviour> send =
                Arbitraries.oneOf(line().map(SendLine::new), template().map(SendText::new), hex().map(SendBytes::new));
        Arbitrary<Behaviour> setting =
                Arbitraries.of(eol(Eol.LF), charset(StandardCharsets.ISO_8859_1), frame(Framing.length(4)), unframed());
        return Combinators.combine(
                        send,
                        Arbitraries.oneOf(send, setting).list().ofMaxSize(3).map(Scripts::array))
                .as((first, rest) -> batch(array(first, rest)));
    }

    private static Arbitrary<List<Case>> cases(int depth) {
        return Combinators.combine(
                        taking().filter(t -> !(t instanceof Receive)),
                        plain(depth - 1).list().ofMaxSize(3).map(Scripts::array))
                .as(Behaviours::when)
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<Behaviour> endless(int depth) {
        Arbitrary<Behaviour> word =
                Arbitraries.of(echo(), discard(), daytime(), time(), chargen(), close(), closeNow(), reset(), stall());
        return Arbitraries.oneOf(
                word,
                Combinators.combine(
                                taking(), plain(depth - 1).list().ofMaxSize(3).map(Scripts::array))
                        .as((first, rest) -> forever(array(first, rest))),
                cases(depth).filter(c -> !c.isEmpty()).map(c -> match(c.toArray(Case[]::new))));
    }

    private static Behaviour[] array(List<Behaviour> steps) {
        return steps.toArray(Behaviour[]::new);
    }

    private static Behaviour[] array(Behaviour first, Behaviour[] rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(Behaviour[]::new);
    }
}
