package io.socketharness;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.internal.spec.PropertyTemplates;
import io.socketharness.internal.spec.TimeoutProperty;
import io.socketharness.internal.spec.UnixOptions;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Capture;
import io.socketharness.script.Script;
import io.socketharness.tls.TlsSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a specification, with their defaults. Only a builder changes them. */
final class SpecValues implements Cloneable {

    Transport transport;
    String host = ServerSpec.DEFAULT_HOST;
    int port;
    int backlog = 1024;
    Duration timeout = TimeoutProperty.value();
    boolean strict = true;
    boolean optional;
    ConversationMode conversation = ConversationMode.EACH;
    long recordingLimit = Recorder.DEFAULT_LIMIT;
    int messageLimit = 1 << 20;

    @Nullable
    String name;

    @Nullable
    Script script;

    List<Script> scripts = List.of();

    @Nullable
    Tape tape;

    TlsSettings tls = TlsSettings.defaults();
    UnixOptions unix = UnixOptions.NONE;
    boolean skipIfUnsupported;
    PropertyTemplates properties = PropertyTemplates.NONE;
    int receiveBuffer;
    List<NetworkCondition> network = List.of();
    long seed;
    List<String> redact = List.of();
    Capture capture = Capture.ON_FAILURE;

    SpecValues(Transport transport) {
        this.transport = transport;
    }

    SpecValues copy() {
        try {
            return (SpecValues) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Refuses scripts beside a tape, and a tape that the transport cannot replay. */
    void checkTape() {
        if (tape == null) {
            return;
        }
        if (script != null || !scripts.isEmpty()) {
            throw new IllegalArgumentException(
                    "found a tape and scripts; a server replays a tape, or runs scripts: use Script.parse(tape.connection(0))"
                            + " for a connection of a tape among scripts");
        }
        tape.refusal(transport).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }
}
