package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.cloudbees.syslog.MessageFormat;
import com.cloudbees.syslog.sender.TcpSyslogMessageSender;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.SyslogAppender;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.net.Facility;
import org.apache.logging.log4j.core.net.Protocol;
import org.apache.logging.log4j.core.net.ssl.SslConfiguration;
import org.apache.logging.log4j.core.net.ssl.TrustStoreConfiguration;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** syslog: logback over UDP, {@code logger} over UDP, TCP and a Unix socket, Log4j over TCP, syslog-java-client over TLS. */
class SyslogTest {

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/syslog.script")
    void logbackSendsADatagram(FakeServer syslog) {
        LoggerContext context = new LoggerContext();
        var appender = new ch.qos.logback.classic.net.SyslogAppender();
        appender.setContext(context);
        appender.setSyslogHost(syslog.host());
        appender.setPort(syslog.port());
        appender.setFacility("USER");
        appender.setSuffixPattern("shop: %msg");
        appender.start();
        context.getLogger("shop").addAppender(appender);

        context.getLogger("shop").error("order shipped");

        assertThat(syslog).receivedMatching("(?s)<11>.* shop: order shipped");
        context.stop();
    }

    @Test
    @SocketServer(transport = "udp", scriptResource = "/scripts/syslog.script")
    void loggerSendsADatagram(FakeServer syslog) throws Exception {
        assertThat(logger(syslog, "--udp", "--rfc3164")).isEmpty();

        assertThat(syslog).receivedMatching("(?s)<13>.* shop: order shipped");
    }

    @Test
    @SocketServer(transport = "udg", scriptResource = "/scripts/syslog.script")
    void loggerSendsToAUnixSocket(FakeServer syslog) throws Exception {
        assertThat(Program.run("", "logger", "--socket", syslog.path().toString(), "--tag", "shop", "order shipped"))
                .isEmpty();

        assertThat(syslog).receivedMatching("(?s)<13>.* shop: order shipped");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/syslog-tcp.script")
    void loggerCountsOctets(FakeServer syslog) throws Exception {
        assertThat(logger(syslog, "--tcp", "--octet-count", "--rfc5424")).isEmpty();

        assertThat(syslog).receivedMatching("(?s)\\d+ <13>1 .* order shipped");
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", scriptResource = "/scripts/syslog-tcp.script")
    void log4jCountsOctetsOverTls(FakeServer syslog) throws Exception {
        String trust =
                syslog.tls().settings().authority().pkcs12File("changeit").toString();
        SyslogAppender appender = SyslogAppender.newSyslogAppenderBuilder()
                .setName("syslog")
                .setConfiguration(new DefaultConfiguration())
                .setProtocol(Protocol.SSL)
                .setSslConfiguration(SslConfiguration.createSSLConfiguration(
                        null, null, new TrustStoreConfiguration(trust, () -> "changeit".toCharArray(), "PKCS12", null)))
                .setHost(syslog.host())
                .setPort(syslog.port())
                .setFormat("RFC5424")
                .setFacility(Facility.USER)
                .setAppName("shop")
                .build();
        appender.start();
        appender.append(Log4jLogEvent.newBuilder()
                .setLevel(Level.ERROR)
                .setMessage(new SimpleMessage("order shipped"))
                .build());

        assertThat(syslog).receivedMatching("(?s)\\d+ <11>1 .* shop .*order shipped");
        appender.stop();
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", scriptResource = "/scripts/syslog-lines.script")
    void syslogJavaClientSendsLinesOverTls(FakeServer syslog) throws Exception {
        try (TcpSyslogMessageSender sender = new TcpSyslogMessageSender()) {
            sender.setSyslogServerHostname(syslog.host());
            sender.setSyslogServerPort(syslog.port());
            sender.setSsl(true);
            sender.setSSLContext(syslog.tls().clientContext());
            sender.setMessageFormat(MessageFormat.RFC_5424);
            sender.setDefaultAppName("shop");
            sender.sendMessage("order shipped");

            assertThat(syslog).receivedMatching("<14>1 .* shop .*order shipped\r\n");
        }
    }

    private static String logger(FakeServer syslog, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("logger", "--tag", "shop"));
        command.addAll(List.of("--server", syslog.host(), "--port", String.valueOf(syslog.port())));
        command.addAll(List.of(options));
        command.add("order shipped");
        return Program.run("", command.toArray(String[]::new));
    }
}
