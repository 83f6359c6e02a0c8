package io.socketharness.cli;

import java.lang.reflect.Method;

/** Colours for a terminal, as of ECMA-48. */
enum Ansi {
    OFF,
    ON;

    /** Colours of text. */
    enum Colour {
        RED(31),
        GREEN(32),
        YELLOW(33),
        BLUE(34),
        MAGENTA(35),
        CYAN(36),
        DIM(2);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    /** The start script sets it to whether the standard output and the standard error are terminals. */
    private static final String TERMINAL = "socketharness.terminal";

    boolean isOn() {
        return this == ON;
    }

    String paint(Colour colour, String text) {
        return this == OFF || text.isEmpty() ? text : "\u001b[" + colour.code + "m" + text + "\u001b[0m";
    }

    /** On if this process writes to a terminal, unless NO_COLOR is set (no-color.org). */
    static Ansi ofSystem() {
        String noColour = System.getenv("NO_COLOR");
        boolean isWanted = (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return isWanted && isTerminal() ? ON : OFF;
    }

    /** Whether this process writes to a terminal. */
    @SuppressWarnings("SystemConsoleNull") // before Java 22 it is null without a terminal
    static boolean isTerminal() {
        String known = System.getProperty(TERMINAL);
        if (known != null) {
            return known.equals("true");
        }
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // from Java 22 on, there is a console without a terminal, too
            Method isTerminal = java.io.Console.class.getMethod("isTerminal");
            return (Boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
