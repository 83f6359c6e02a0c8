package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.Progress.Frame;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import java.util.List;

/** The settings that a script has at its next step that does something. */
final class UpcomingSettings {

    private UpcomingSettings() {}

    /** The settings at the first step of a script that does something. */
    static Settings of(Script script) {
        return from(script, 0, Settings.INITIAL);
    }

    /** The settings at the first step from one on that does something. */
    static Settings from(Script script, int step, Settings before) {
        return with(script.steps(), step, before);
    }

    /** The settings after the running step. User code may change them at any time, so they are those of now. */
    static Settings after(Run run) {
        Settings settings = run.settings();
        Frame frame = run.progress().top();
        if (frame == null || !(frame.step() instanceof Step)) {
            return settings;
        }
        while (true) {
            int next = frame.index + 1;
            settings = with(frame.steps, next, settings);
            Frame outer = frame.outer;
            if (outer == null || next + settingsAt(frame.steps, next) < frame.steps.size()) {
                return settings;
            }
            settings = frame.outside;
            if (!(outer.step() instanceof LoopStep loop)) {
                return settings;
            }
            if (loop.mayContinue(frame.round)) {
                return loop instanceof Match ? settings : with(frame.steps, 0, settings);
            }
            frame = outer;
        }
    }

    /** Applies the settings among the steps from an index, up to the first other step. */
    private static Settings with(List<Behaviour> steps, int from, Settings before) {
        Settings settings = before;
        int end = from + settingsAt(steps, from);
        for (int i = from; i < end; i++) {
            settings = ((SettingStep) steps.get(i)).after(settings);
        }
        return settings;
    }

    /** How many settings follow each other from an index. */
    private static int settingsAt(List<Behaviour> steps, int from) {
        int end = from;
        while (end < steps.size() && steps.get(end) instanceof SettingStep) {
            end++;
        }
        return end - from;
    }
}
