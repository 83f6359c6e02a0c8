package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.script.Eol;
import io.socketharness.script.ExpectationFailed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Takes input in units: lines, numbers of bytes, up to a delimiter or the end, datagrams. */
final class InputReader {

    private final Input input;
    private final ExchangeRecorder recorder;
    private final boolean datagrams;

    InputReader(Input input, ExchangeRecorder recorder) {
        this.input = input;
        this.recorder = recorder;
        this.datagrams = input.isDatagrams();
    }

    byte[] line() {
        if (datagrams) {
            return datagram(Integer.MAX_VALUE);
        }
        byte[] line = until(new byte[] {'\n'});
        int length = line.length;
        boolean hasReturn = length > 0 && line[length - 1] == '\r';
        input.pending().endOfLine(hasReturn ? Eol.CRLF : Eol.LF);
        return hasReturn ? Arrays.copyOf(line, length - 1) : line;
    }

    byte[] until(byte[] delimiter) {
        requireStream("a delimiter");
        input.pending().endsWith(delimiter);
        byte last = delimiter[delimiter.length - 1];
        long searched = position();
        while (true) {
            long arrived = recorder.arrived();
            long end = recorder.indexOf(last, searched);
            while (end >= 0 && !endsWith(delimiter, end + 1)) {
                end = recorder.indexOf(last, end + 1);
            }
            long length = (end < 0 ? arrived : end + 1) - position();
            if (length - delimiter.length > input.limit()) {
                throw new ExpectationFailed("the client sent more than " + input.limit() + " bytes without the end of "
                        + input.pending().what() + "; the limit can be set with messageLimit");
            }
            if (end >= 0) {
                byte[] message = copy(position(), end + 1 - delimiter.length);
                input.take(end + 1);
                return message;
            }
            searched = arrived;
            input.awaitMore(arrived);
        }
    }

    private boolean endsWith(byte[] delimiter, long end) {
        if (end - delimiter.length < position()) {
            return false;
        }
        return delimiter.length == 1 || Arrays.equals(copy(end - delimiter.length, end), delimiter);
    }

    byte[] exactly(int count) {
        if (datagrams) {
            return datagram(count);
        }
        if (input.taken() > 0) {
            input.pending().isOf(input.taken() + count);
        }
        awaitArrived(position() + count);
        byte[] bytes = copy(position(), position() + count);
        input.take(position() + count);
        return bytes;
    }

    /** Receives as many bytes as are expected, or fewer, up to the first that differs: no need to wait for more. */
    byte[] upToDifference(ExpectedBytes expected) {
        if (datagrams) {
            return datagram(Integer.MAX_VALUE);
        }
        if (input.taken() == 0) {
            input.pending().expects(expected);
        }
        while (true) {
            long arrived = recorder.arrived();
            int there = (int) Math.min(expected.size(), arrived - position());
            byte[] bytes = copy(position(), position() + there);
            if (expected.differFrom(bytes) || there == expected.size()) {
                input.pending().expects(null);
                input.take(position() + there);
                return bytes;
            }
            input.awaitMore(arrived);
        }
    }

    byte[] toEnd() {
        requireStream("the end of input");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!input.atEnd()) {
            byte[] some = available();
            if (all.size() + some.length > input.limit()) {
                throw new ExpectationFailed("the client sent more than " + input.limit()
                        + " bytes before its end; the limit can be set with messageLimit");
            }
            all.writeBytes(some);
        }
        input.requireCleanEnd(all.size());
        return all.toByteArray();
    }

    /** Receives all unread input; waits until there is at least one byte or datagram. */
    byte[] some() {
        if (datagrams) {
            return datagram(Integer.MAX_VALUE);
        }
        awaitArrived(position() + 1);
        return available();
    }

    /** The unread input so far, which stays unread; on datagrams, the next one. */
    byte[] unread() {
        return datagrams
                ? recorder.datagram(position()).orElseThrow(InputEnd::lost)
                : copy(position(), recorder.arrived());
    }

    private byte[] available() {
        long to = recorder.arrived();
        byte[] bytes = copy(position(), to);
        input.take(to);
        return bytes;
    }

    byte[] datagram(int most) {
        if (!datagrams) {
            throw new UnsupportedOperationException(
                    "a datagram cannot be received on a stream, which has no messages: receive a line, a number of bytes"
                            + " or a framing");
        }
        awaitArrived(position() + 1);
        byte[] datagram = recorder.datagram(position()).orElseThrow(InputEnd::lost);
        if (datagram.length > input.limit()) {
            throw new ExpectationFailed("the client sent a datagram of more than " + input.limit()
                    + " bytes; the limit can be set with messageLimit");
        }
        input.take(position() + 1);
        return datagram.length > most ? Arrays.copyOf(datagram, most) : datagram;
    }

    private long position() {
        return input.position();
    }

    private byte[] copy(long from, long to) {
        return recorder.received(from, to).orElseThrow(InputEnd::lost);
    }

    private void awaitArrived(long wanted) {
        for (long arrived = recorder.arrived(); arrived < wanted; arrived = recorder.arrived()) {
            input.awaitMore(arrived);
        }
    }

    private void requireStream(String what) {
        if (datagrams) {
            throw new UnsupportedOperationException(
                    what + " bounds messages on a stream; on datagrams each datagram is a message: receive a datagram");
        }
    }
}
