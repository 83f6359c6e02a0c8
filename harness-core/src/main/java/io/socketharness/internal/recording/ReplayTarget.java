package io.socketharness.internal.recording;

import io.socketharness.internal.recording.DialogueLine.Message;
import java.time.Duration;

/** Takes the steps that replay an exchange, in order. */
public interface ReplayTarget {

    /** An event that no step repeats. */
    void remark(String words, Duration at);

    /** A step that is not a message, such as {@code @close}. */
    void step(String line);

    /** A message that the server sends or the client must send. */
    void message(Message message);

    /** Input after the server has ended the connection, which no step can receive. */
    void late(Message message);
}
