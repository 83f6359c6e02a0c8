package io.socketharness.internal.forward;

import io.socketharness.script.Connection;
import io.socketharness.script.Framing;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection for a {@link Framing} that receives from data which has passed already. */
final class PassingInput {

    /** The data ends before the message. */
    static final class Incomplete extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int needed;

        Incomplete(int needed) {
            super("incomplete", null, false, false);
            this.needed = needed;
        }

        /** How much data is needed to continue. */
        int needed() {
            return needed;
        }
    }

    private final byte[] data;
    private final Connection real;
    private int position;

    PassingInput(byte[] data, int position, Connection real) {
        this.data = data;
        this.position = position;
        this.real = real;
    }

    int position() {
        return position;
    }

    Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this::invoke);
    }

    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        return switch (method.getName()) {
            case "within" -> proxy;
            case "receive" ->
                first instanceof Integer count
                        ? exactly(count)
                        : first instanceof Framing framing
                                ? framing.receive((Connection) proxy)
                                : ((Supplier<?>) argument(arguments, 1)).get();
            case "receiveUntil" -> until((byte[]) argument(arguments, 0));
            case "receiveLineBytes" -> line();
            case "receiveLine" -> new String(line(), real.charset());
            case "receiveAvailable" -> exactly(Math.max(1, data.length - position));
            case "atEnd" -> atEnd();
            case "discardAvailable" -> discard();
            case "receiveToEnd" -> throw new Incomplete(Integer.MAX_VALUE);
            default -> call(method, arguments);
        };
    }

    private static Object argument(Object @Nullable [] arguments, int index) {
        if (arguments == null || arguments.length <= index) {
            throw new IllegalArgumentException("an argument is missing");
        }
        return arguments[index];
    }

    /** Other methods do not receive. */
    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().startsWith("receive")) {
            throw new UnsupportedOperationException(method.getName() + " is not possible while data is forwarded");
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private byte[] exactly(int count) {
        if (count > data.length - position) {
            throw new Incomplete((int) Math.min(Integer.MAX_VALUE, (long) position + count));
        }
        byte[] bytes = Arrays.copyOfRange(data, position, position + count);
        position += count;
        return bytes;
    }

    private byte[] until(byte[] delimiter) {
        for (int end = position; end + delimiter.length <= data.length; end++) {
            if (Arrays.equals(data, end, end + delimiter.length, delimiter, 0, delimiter.length)) {
                byte[] message = exactly(end - position);
                position += delimiter.length;
                return message;
            }
        }
        throw new Incomplete(data.length + 1);
    }

    private byte[] line() {
        byte[] line = until(new byte[] {'\n'});
        return line.length > 0 && line[line.length - 1] == '\r' ? Arrays.copyOf(line, line.length - 1) : line;
    }

    /** Only what has passed: the rest is not passed yet. */
    private boolean discard() {
        position = data.length;
        return false;
    }

    private boolean atEnd() {
        if (position == data.length) {
            throw new Incomplete(data.length + 1);
        }
        return false;
    }
}
