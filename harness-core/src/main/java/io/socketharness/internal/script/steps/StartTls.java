package io.socketharness.internal.script.steps;

import io.socketharness.internal.script.engine.Obligation;
import io.socketharness.internal.script.engine.TlsStep;
import io.socketharness.script.Connection;
import java.util.List;

/** Establishes TLS. */
public record StartTls(Mode mode) implements TlsStep {

    /** What it accepts from the client. */
    public enum Mode {
        /** The client's hello, and nothing before it. */
        STRICT("@starttls"),
        /** Unencrypted data before the client's hello, which is dropped. */
        TOLERANT("@starttls tolerant"),
        /** The client's hello, if it resumes a session. */
        RESUMED("@starttls resumed");

        private final String line;

        Mode(String line) {
            this.line = line;
        }
    }

    @Override
    public void run(Connection connection) {
        switch (mode) {
            case STRICT -> connection.startTls();
            case TOLERANT -> connection.tls().startTolerant();
            case RESUMED -> connection.tls().startResumed();
        }
    }

    @Override
    public Obligation obligation() {
        return Obligation.EXPECTS;
    }

    @Override
    public List<String> lines() {
        return List.of(mode.line);
    }
}
