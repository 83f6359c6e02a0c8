package io.socketharness.internal.script.parser;

import io.socketharness.internal.Durations;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.script.engine.Blocks;
import io.socketharness.internal.script.engine.Every;
import io.socketharness.internal.script.engine.ExpectStep;
import io.socketharness.internal.script.engine.Forever;
import io.socketharness.internal.script.engine.IdleCase;
import io.socketharness.internal.script.engine.Leave;
import io.socketharness.internal.script.engine.Match;
import io.socketharness.internal.script.engine.MatchCase;
import io.socketharness.internal.script.engine.Maybe;
import io.socketharness.internal.script.engine.Repeat;
import io.socketharness.internal.script.engine.Settings;
import io.socketharness.internal.script.engine.Step;
import io.socketharness.internal.script.engine.TextForm;
import io.socketharness.internal.script.steps.Batch;
import io.socketharness.internal.script.steps.Broadcast;
import io.socketharness.internal.script.steps.BroadcastMessage;
import io.socketharness.internal.script.steps.ExpectBytes;
import io.socketharness.internal.script.steps.ExpectLine;
import io.socketharness.internal.script.steps.ExpectMatch;
import io.socketharness.internal.script.steps.ExpectText;
import io.socketharness.internal.script.steps.FromOtherPort;
import io.socketharness.internal.script.steps.SendBytes;
import io.socketharness.internal.script.steps.SendLine;
import io.socketharness.internal.script.steps.SendResource;
import io.socketharness.internal.script.steps.SendText;
import io.socketharness.internal.script.text.BytePattern;
import io.socketharness.internal.script.text.Hex;
import io.socketharness.internal.script.text.MalformedText;
import io.socketharness.internal.script.text.Template;
import io.socketharness.internal.script.text.VariableName;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Case;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the text form of a script: lines to steps, and steps to blocks. */
public final class Parser {

    private static final int DEEPEST = 50;
    private static final Set<String> MARKERS = Set.of("S:", "C:", "S<", "C<", "S!", "C!", "C~");
    private static final Block.Content BATCH = new Block.Content(Batch::allows, Batch::notAllowed);
    private static final Block.Content OTHER_PORT = new Block.Content(FromOtherPort::allows, FromOtherPort::notAllowed);
    private static final Block.Content EVERY = new Block.Content(Every::allows, Every::notAllowed);
    private static final List<String> CONNECTION_VARIABLES = List.of("host", "port", "address", "path", "client.port");

    private final String[] lines;
    private final Map<String, Template.Part> variables;
    private final TreeSet<String> known = new TreeSet<>(CONNECTION_VARIABLES);
    private final Deque<Block> blocks = new ArrayDeque<>();
    private final Function<String, byte[]> resources;
    private int number;
    /** The start of the current part of the line. */
    private int column;

    /**
     * @param resources reads a file that the script sends
     */
    public Parser(String text, Map<String, Template.Part> variables, Function<String, byte[]> resources) {
        this.lines = text.split("\n", -1);
        this.variables = variables;
        this.resources = resources;
        known.addAll(variables.keySet());
    }

    public Script parse() {
        blocks.push(new Block(1, null, "", null, Settings.INITIAL, block -> {}));
        for (number = 1; number <= lines.length; number++) {
            column = 0;
            try {
                line(content(number));
            } catch (ScriptSyntaxException placed) {
                throw placed;
            } catch (MalformedText wrong) {
                throw refused(number, column + wrong.at(), String.valueOf(wrong.getMessage()));
            } catch (IllegalArgumentException wrong) {
                throw refused(number, column, String.valueOf(wrong.getMessage()));
            }
        }
        Block last = blocks.element();
        if (blocks.size() > 1) {
            throw refused(last.line, 0, "missing @end for " + last.head);
        }
        return last.script();
    }

    /** A line without leading white space and without its end. */
    private String content(int ofLine) {
        String line = stripLeading(lines[ofLine - 1]);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Without a cause, which would repeat the message. */
    private ScriptSyntaxException refused(int ofLine, int at, String message) {
        return new ScriptSyntaxException(ofLine, message + Excerpt.of(content(ofLine), at));
    }

    private void line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("@")) {
            int space = firstSpace(line);
            String arguments = stripLeading(line.substring(space));
            Directive word = Directive.named(line.substring(0, space), arguments);
            column = arguments.isEmpty() ? 0 : line.length() - arguments.length();
            word.read(arguments, this);
            return;
        }
        String marker = line.length() < 2 ? line : line.substring(0, 2);
        String rest = stripLeading(line.substring(marker.length()));
        if (!MARKERS.contains(marker)) {
            throw Markers.missing(line);
        }
        column = line.length() - rest.length();
        step(marker, rest);
    }

    private void step(String marker, String rest) {
        switch (marker) {
            case "S:" -> add(new SendLine(lineTemplate(marker, rest)));
            case "C:" -> add(new ExpectLine(lineTemplate(marker, rest)));
            case "S<" ->
                add(new SendText(check(rest, Template.parseEscaped(rest)).with(variables)));
            case "C<" ->
                add(new ExpectText(check(rest, Template.parseEscaped(rest)).with(variables)));
            case "S!" -> sendBytes(rest);
            case "C!" -> expectBytes(rest);
            case "C~" -> expectMatch(rest);
            default -> throw new IllegalStateException("unread marker " + marker);
        }
    }

    private Template lineTemplate(String marker, String rest) {
        Markers.requireNoTypedBreak(marker, rest);
        return Template.line(check(rest, Template.parse(rest)).with(variables));
    }

    private void expectMatch(String rest) {
        Map<String, Template.Part> quoted = new HashMap<>(variables);
        quoted.replaceAll((name, part) ->
                part instanceof Template.Text fixed ? new Template.Text(Pattern.quote(fixed.text())) : part);
        ExpectMatch step =
                ExpectMatch.of(Template.line(check(rest, Template.parse(rest)).with(quoted)));
        known.addAll(step.groups());
        add(step);
    }

    private void sendBytes(String rest) {
        Markers.requireNoColon("S!", rest);
        add(new SendBytes(check(rest, Hex.template(rest)).with(variables)));
    }

    private void expectBytes(String rest) {
        Markers.requireNoColon("C!", rest);
        BytePattern pattern =
                Hex.pattern(rest).map(literal -> check(rest, literal).with(variables));
        known.addAll(pattern.names());
        add(new ExpectBytes(pattern));
    }

    /** Refuses references to variables that nothing before sets. */
    private Template check(String source, Template template) {
        for (String name : template.variables()) {
            if (!known.contains(name)) {
                String reference = "${" + name + "}";
                String hint = KnownWords.nearest(name, known)
                        .map(near -> KnownWords.didYouMean("${" + near + "}"))
                        .orElseGet(() ->
                                "known here are " + String.join(", ", known) + "; " + VariableName.sources(name) + ";");
                throw new MalformedText(
                        Math.max(0, source.indexOf(reference)),
                        "unknown variable " + reference + "; " + hint + " $${ is a plain ${");
            }
        }
        return template;
    }

    void step(Behaviour behaviour) {
        if (behaviour instanceof Step step) {
            known.addAll(step.sets());
        }
        add(behaviour);
    }

    void receive(Arguments arguments) {
        step(arguments.receive(
                known::contains, count -> check(arguments.text(), count).with(variables)));
    }

    void broadcast(String line) {
        add(new Broadcast(lineTemplate("@broadcast", line)));
    }

    void broadcastHex(String line) {
        add(new BroadcastMessage(check(line, Hex.template(line)).with(variables)));
    }

    void sendResource(String name) {
        add(new SendResource(name, Bytes.of(resources.apply(name))));
    }

    void repeat(Directive word, int times) {
        open(word, word.word + " " + times, block -> add(new Repeat(times, block.script())));
    }

    void batch(Directive word) {
        open(word, word.word, BATCH, block -> add(new Batch(block.script())));
    }

    void forever(Directive word) {
        open(word, word.word, block -> add(new Forever(block.script())));
    }

    void maybe(Directive word) {
        open(word, word.word, block -> add(new Maybe(block.script())));
    }

    void every(Directive word, Duration interval) {
        if (blocks.element().word == word) {
            column = 0;
            throw Every.nested();
        }
        String head = word.word + " " + Durations.format(interval);
        open(word, head, EVERY, block -> add(new Every(interval, block.script())));
    }

    void otherPort(Directive word) {
        open(word, word.word, OTHER_PORT, block -> add(new FromOtherPort(block.script())));
    }

    void match(Directive word) {
        open(word, word.word, block -> {
            endCase(block);
            add(Match.of(block.cases));
        });
    }

    void leave(String word) {
        if (blocks.stream().noneMatch(Block::isMatch)) {
            throw new IllegalArgumentException(word + " is outside of @match; it ends the @match around it");
        }
        add(new Leave());
    }

    private void open(Directive word, String head, Consumer<Block> end) {
        open(word, head, null, end);
    }

    private void open(Directive word, String head, Block.@Nullable Content content, Consumer<Block> end) {
        column = 0;
        if (blocks.size() > DEEPEST) {
            throw new IllegalArgumentException(head + " is nested deeper than " + DEEPEST + " blocks");
        }
        requirePossible(head, null);
        blocks.push(new Block(number, word, head, content, blocks.element().settings, end));
    }

    void end(String word) {
        if (blocks.size() == 1) {
            throw new IllegalArgumentException(word
                    + " has no block to end: no @repeat, @forever, @maybe, @match, @every, @batch or @other-port is"
                    + " open");
        }
        Block block = blocks.pop();
        refusedAt(block.line, () -> block.end.accept(block));
    }

    /** Reports what is wrong with a whole block at the line where the block begins. */
    private void refusedAt(int ofLine, Runnable complete) {
        try {
            complete.run();
        } catch (ScriptSyntaxException placed) {
            throw placed;
        } catch (IllegalArgumentException wrong) {
            throw refused(ofLine, 0, String.valueOf(wrong.getMessage()));
        }
    }

    /** Begins a case of a dispatcher for a message, or with {@code otherwise} for any message. */
    void nextCase(String word, boolean otherwise) {
        Block match = match(word);
        if (match.cases.stream().anyMatch(Parser::isOtherwise) || match.otherwise) {
            throw new IllegalArgumentException(word + " can never be reached: @otherwise matches any message");
        }
        if (!otherwise || !match.steps.isEmpty() || match.silence != null) {
            endCase(match);
            if (match.cases.get(match.cases.size() - 1) instanceof MatchCase before && before.takesAny()) {
                throw new IllegalArgumentException(
                        word + " can never be reached: \"" + before.head() + "\" before it matches any message");
            }
        }
        match.otherwise = otherwise;
        match.caseLine = number;
    }

    /** Begins the case of a dispatcher for a time without input. */
    void idle(String word, Duration silence) {
        Block match = match(word);
        if (!match.steps.isEmpty() || match.otherwise || match.silence != null) {
            endCase(match);
        }
        if (match.cases.stream().anyMatch(IdleCase.class::isInstance)) {
            column = 0;
            throw Match.twoIdleCases();
        }
        match.silence = silence;
        match.caseLine = number;
    }

    private Block match(String word) {
        Block match = blocks.element();
        if (!match.isMatch()) {
            throw new IllegalArgumentException(word + " is outside of @match"
                    + (match.head.isEmpty() ? "" : ": " + match.head + " in line " + match.line + " has no @end"));
        }
        return match;
    }

    private static boolean isOtherwise(Case one) {
        return one instanceof MatchCase message && message.isOtherwise();
    }

    private void endCase(Block match) {
        refusedAt(match.caseLine, () -> match.cases.add(match.ended()));
        match.steps = new ArrayList<>();
        match.settings = match.outer;
        match.otherwise = false;
        match.silence = null;
    }

    private void add(Behaviour step) {
        column = 0;
        requirePossible(TextForm.lines(step).get(0), step);
        Block block = blocks.element();
        FramedSend.check(step, block.settings);
        block.settings = FramedSend.after(step, block.settings);
        block.steps.add(step);
    }

    /** Checks whether a step, or with null the head of a block, is allowed here. */
    private void requirePossible(String what, @Nullable Behaviour step) {
        Block block = blocks.element();
        block.requireAllowed(what, step);
        if (block.steps.isEmpty()) {
            if (block.beginsWithMessage() && !(step instanceof ExpectStep)) {
                throw Blocks.notTaking(block.isMatch() ? "a case of match" : "maybe", what);
            }
        } else if (block.steps.get(block.steps.size() - 1) instanceof Step last && last.isEndless()) {
            throw new IllegalArgumentException(
                    "\"" + what + "\" can never be reached: \"" + last.lines().get(0) + "\" before it does not end");
        }
    }

    private static int firstSpace(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
            at++;
        }
        return at;
    }

    private static String stripLeading(String line) {
        int from = 0;
        while (from < line.length() && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        return line.substring(from);
    }
}
