package io.socketharness.internal.runtime;

import io.socketharness.internal.script.engine.Choice;
import io.socketharness.internal.script.engine.ChooseScript;
import io.socketharness.internal.script.engine.Unused;
import io.socketharness.script.Script;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The choice of a connection among those of a tape. A class of its own, because few servers need it. */
final class TapeChoice implements ChooseScript.Source {

    private final ScriptDispatcher dispatcher;
    private final ServerConnection connection;

    private TapeChoice(ScriptDispatcher dispatcher, ServerConnection connection) {
        this.dispatcher = dispatcher;
        this.connection = connection;
    }

    /** The script that chooses by the first message. */
    static Script byMessage(ScriptDispatcher dispatcher, ServerConnection connection) {
        return ChooseScript.from(new TapeChoice(dispatcher, connection));
    }

    /** The choice of a connection in which the server begins. */
    static Choice inOrder(Unused unused, ScriptDispatcher dispatcher, ServerConnection connection) {
        return ChooseScript.first(unused, new TapeChoice(dispatcher, connection));
    }

    @Override
    public @Nullable Choice take(Function<Unused, Optional<Choice>> choice) {
        return dispatcher.take(connection, choice);
    }

    @Override
    public void unserved() {
        connection.conversation().completion().failUnserved(dispatcher.unserved(), dispatcher.before(connection));
    }
}
