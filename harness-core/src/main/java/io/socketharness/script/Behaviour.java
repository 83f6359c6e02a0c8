package io.socketharness.script;

/**
 * A step of a server's conversation, written in Java.
 *
 * <p>One instance serves all connections, several of them at the same time. Keep the state of one conversation in the
 * {@linkplain Connection#variables() variables} of its connection. {@link Behaviours} has the built-in behaviours. A
 * custom behaviour is a lambda or a class, and has the same capabilities:
 *
 * <pre>{@code
 * Behaviour upperCase = connection -> {
 *     while (true) {
 *         connection.sendLine(connection.receiveLine().toUpperCase());
 *     }
 * };
 * }</pre>
 *
 * <p>When the client closes the connection, a receive that reaches the end of input throws {@link EndOfInput}. If the
 * behaviour does not catch it, it ends the conversation, and is a failure only if it occurred within a message. Any
 * other exception fails the test.
 */
@FunctionalInterface
public interface Behaviour {

    /**
     * Runs the behaviour. After it returns, the connection stays open until the client closes it, and further input is
     * unexpected. {@link Connection#close()} ends the connection earlier.
     *
     * @param connection the conversation with one client
     * @throws Exception any exception; it fails the test that the server belongs to
     */
    void run(Connection connection) throws Exception;
}
