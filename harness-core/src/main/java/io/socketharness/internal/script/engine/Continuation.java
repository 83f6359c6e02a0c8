package io.socketharness.internal.script.engine;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * A script with which a connection continues.
 *
 * @param script the script
 * @param from the index of the step to begin with; the steps before it are done
 * @param before the settings that the steps before it have made
 */
public record Continuation(Script script, int from, Settings before) {

    /** The script from its first step. */
    static Continuation of(Script script) {
        return new Continuation(script, 0, Settings.INITIAL);
    }

    Round round() {
        return Round.from(script, from);
    }

    /** The settings at its first step that does something. */
    Settings upcoming() {
        return UpcomingSettings.from(script, from, before);
    }

    boolean isEnd() {
        return from == script.steps().size();
    }

    /** The step to begin with; null at the end. */
    @Nullable
    Behaviour step() {
        return isEnd() ? null : script.steps().get(from);
    }

    Continuation after(int steps) {
        Settings settings = before;
        for (Behaviour step : script.steps().subList(from, from + steps)) {
            settings = step instanceof SettingStep setting ? setting.after(settings) : settings;
        }
        return new Continuation(script, from + steps, settings);
    }

    Continuation afterAll() {
        return after(script.steps().size() - from);
    }

    /** The place after the answers of the server, pauses and settings. */
    Continuation afterAnswers() {
        int next = from;
        while (next < script.steps().size() && isAnswer(script.steps().get(next))) {
            next++;
        }
        return after(next - from);
    }

    private static boolean isAnswer(Behaviour behaviour) {
        return behaviour instanceof Step step
                && !(step instanceof NetworkSetting)
                && (step instanceof SettingStep || step.isPause() || step.obligation() == Obligation.SENDS)
                && step.blocks().isEmpty();
    }
}
