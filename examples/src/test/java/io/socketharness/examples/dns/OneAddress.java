package io.socketharness.examples.dns;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import java.io.IOException;
import java.net.InetAddress;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A behaviour of one's own: every name has the address 192.0.2.1. An answer bears the id of its query (RFC 1035, 4.1.1). */
final class OneAddress implements Behaviour {

    // tag::behaviour[]
    @Override
    public void run(Connection connection) throws IOException {
        while (true) {
            Message query = new Message(connection.receiveDatagram());
            Record question = query.getQuestion();
            Message answer = new Message(query.getHeader().getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.addRecord(question, Section.QUESTION);
            InetAddress address = InetAddress.getByName("192.0.2.1");
            answer.addRecord(new ARecord(question.getName(), DClass.IN, 60, address), Section.ANSWER);
            connection.send(answer.toWire());
        }
    }
    // end::behaviour[]
}
