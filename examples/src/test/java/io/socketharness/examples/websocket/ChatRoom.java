package io.socketharness.examples.websocket;

import static io.socketharness.examples.websocket.Frame.text;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;

/**
 * A chat over WebSocket (RFC 6455): what one client says is sent to all, and so is who left. A client comes in by the
 * path of its name, such as {@code /anna}.
 */
final class ChatRoom implements Behaviour {

    // tag::chat[]
    @Override
    public void run(Connection connection) {
        String name = Upgrade.accept(connection).substring(1);
        try {
            for (Frame frame = Frame.receive(connection); !frame.isClose(); frame = Frame.receive(connection)) {
                connection.broadcast(text(name + ": " + frame.text()).toBytes());
            }
            connection.send(Frame.close().toBytes());
            connection.close();
        } catch (EndOfInput hungUp) {
            // the client closed without a close frame
        }
        connection.broadcast(text(name + " left").toBytes());
    }
    // end::chat[]
}
