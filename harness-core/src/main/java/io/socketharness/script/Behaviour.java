package io.socketharness.script;

/**
 * What a server does on a connection.
 *
 * <p>One instance serves all connections, several at once: what belongs to one conversation is kept in the connection's
 * {@linkplain Connection#variables() variables}. The built-in ones come from {@link Behaviours}; one's own is a lambda or
 * a class, and can do all that they do:
 *
 * <pre>{@code
 * Behaviour upperCase = connection -> {
 *     while (true) {
 *         connection.sendLine(connection.receiveLine().toUpperCase());
 *     }
 * };
 * }</pre>
 *
 * <p>When the client closes the connection, the receive that meets the end throws {@link EndOfInput}; let through, it
 * ends the conversation, and is a failure only if it stood in the middle of a message. Anything else that is thrown
 * fails the test.
 */
@FunctionalInterface
public interface Behaviour {

    /**
     * Does it. When it returns, the connection stays open until the client closes it, and what the client sends then is
     * unexpected; {@link Connection#close()} ends it earlier.
     *
     * @param connection one conversation with one client
     * @throws Exception whatever is thrown fails the test that the server belongs to
     */
    void run(Connection connection) throws Exception;
}
