package io.socketharness.internal.script.parser;

import io.socketharness.internal.KnownWords;
import io.socketharness.internal.network.ConditionText;
import io.socketharness.script.Behaviours;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of the text form, in the order in which messages list them, and how each reads its line. */
enum Directive {
    BATCH,
    BROADCAST,
    BROADCAST_HEX,
    CHARGEN,
    CHARSET,
    CLOSE,
    DAYTIME,
    DELAY,
    DISCARD,
    DRIP,
    ECHO,
    END,
    EOL,
    EVERY,
    EXPECT_END,
    FOREVER,
    FORWARD,
    FRAME,
    HALF_CLOSE,
    IDLE,
    LEAVE,
    MATCH,
    MAYBE,
    NETWORK,
    NEW_PORT,
    OR,
    OTHER_PORT,
    OTHERWISE,
    RECEIVE,
    REPEAT,
    RESET,
    SEND,
    STALL,
    STARTTLS,
    TIME,
    TLS_ALERT,
    TLS_CORRUPT,
    TLS_FLIGHT,
    TLS_HELLO,
    TLS_TRUNCATE,
    WEBSOCKET,
    WITHIN;

    /** Words that are not known, and what to write instead. */
    private static final Map<String, String> INSTEAD =
            Map.of("@else", "@otherwise", "@default", "@otherwise", "@close-now", "@close now");

    /** Such as {@code @half-close}. */
    final String word = "@" + name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * Finds the word of a line.
     *
     * @param line the text after the word
     */
    static Directive named(String word, String line) {
        for (Directive directive : values()) {
            if (directive.word.equals(word)) {
                return directive;
            }
        }
        if (word.equals("@code")) {
            throw new IllegalArgumentException("@code " + line.strip()
                    + " is a placeholder for code, which text cannot contain; build that script in Java, with"
                    + " Script.of");
        }
        if (word.equals("@connection")) {
            throw new IllegalArgumentException(
                    "@connection begins a connection of a tape; read a tape with Tape.parse, and a script from it with"
                            + " tape.connection(0)");
        }
        String instead =
                ConditionText.isName(word.substring(1)) ? NETWORK.word + " " + word.substring(1) : INSTEAD.get(word);
        if (instead != null) {
            throw new IllegalArgumentException("unknown step " + word + "; " + KnownWords.didYouMean(instead));
        }
        List<String> known =
                Arrays.stream(values()).map(directive -> directive.word).toList();
        throw new IllegalArgumentException(
                "unknown step " + word + "; " + KnownWords.hint(word, known, "known are " + String.join(" ", known)));
    }

    /**
     * Reads a line that begins with the word.
     *
     * @param line the text after the word
     */
    void read(String line, Parser parser) {
        Arguments arguments = new Arguments(word, line.strip());
        switch (this) {
            case BATCH -> parser.batch(arguments.none(this));
            case FOREVER -> parser.forever(arguments.none(this));
            case MAYBE -> parser.maybe(arguments.none(this));
            case REPEAT -> parser.repeat(this, arguments.number("times"));
            case EVERY -> parser.every(this, arguments.duration());
            case MATCH -> parser.match(arguments.none(this));
            case OTHER_PORT -> parser.otherPort(arguments.none(this));
            case OR -> parser.nextCase(arguments.none(word), false);
            case OTHERWISE -> parser.nextCase(arguments.none(word), true);
            case IDLE -> parser.idle(word, arguments.duration());
            case LEAVE -> parser.leave(arguments.none(word));
            case END -> parser.end(arguments.none(word));
            case BROADCAST -> parser.broadcast(line);
            case BROADCAST_HEX -> parser.broadcastHex(line);
            case CHARGEN -> parser.step(arguments.none(Behaviours.chargen()));
            case CHARSET -> parser.step(Behaviours.charset(arguments.charset()));
            case CLOSE -> parser.step(arguments.close());
            case DAYTIME -> parser.step(arguments.none(Behaviours.daytime()));
            case DELAY -> parser.step(Behaviours.delay(arguments.duration()));
            case DISCARD -> parser.step(arguments.none(Behaviours.discard()));
            case DRIP -> parser.step(arguments.drip());
            case ECHO -> parser.step(arguments.none(Behaviours.echo()));
            case EOL -> parser.step(arguments.eol());
            case EXPECT_END -> parser.step(arguments.none(Behaviours.expectEnd()));
            case FORWARD -> parser.step(Behaviours.forwardTo(arguments.text()));
            case FRAME -> parser.step(FrameArguments.read(arguments.text()));
            case HALF_CLOSE -> parser.step(arguments.none(Behaviours.halfClose()));
            case NETWORK -> parser.step(arguments.network());
            case NEW_PORT -> parser.step(arguments.none(Behaviours.newPort()));
            case RECEIVE -> parser.receive(arguments);
            case RESET -> parser.step(arguments.none(Behaviours.reset()));
            case SEND -> parser.sendResource(arguments.resource());
            case STALL -> parser.step(arguments.none(Behaviours.stall()));
            case STARTTLS -> parser.step(arguments.startTls());
            case TIME -> parser.step(arguments.none(Behaviours.time()));
            case TLS_ALERT -> parser.step(Behaviours.tlsAlert(arguments.alert()));
            case TLS_CORRUPT -> parser.step(arguments.none(Behaviours.tlsCorrupt()));
            case TLS_FLIGHT -> parser.step(Behaviours.tlsFlight(arguments.number("bytes")));
            case TLS_HELLO -> parser.step(arguments.none(Behaviours.tlsHello()));
            case TLS_TRUNCATE -> parser.step(arguments.none(Behaviours.tlsTruncate()));
            case WEBSOCKET -> parser.step(arguments.none(Behaviours.webSocket()));
            case WITHIN -> parser.step(Behaviours.within(arguments.duration()));
        }
    }
}
