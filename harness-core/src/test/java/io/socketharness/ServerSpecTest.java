package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Behaviours;
import io.socketharness.script.Framing;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import io.socketharness.tls.TlsSessions;
import io.socketharness.tls.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSpecTest {

    @ParameterizedTest
    @CsvSource({
        "tcp:, tcp://127.0.0.1:0",
        "tcp, tcp://127.0.0.1:0",
        "UDP:, udp://127.0.0.1:0",
        "tcp://, tcp://127.0.0.1:0",
        "tcp://:80, tcp://127.0.0.1:80",
        "127.0.0.1:0, tcp://127.0.0.1:0",
        "localhost:25, tcp://localhost:25",
        "tcp://localhost, tcp://localhost:0",
        "udp://[::1]:0, udp://[::1]:0",
        "udp://[::1], udp://[::1]:0",
        "tcp://[fe80::1%eth0]:80, tcp://[fe80::1%eth0]:80",
        "tcp://[fe80::1%25eth0]:80, tcp://[fe80::1%eth0]:80",
        "tcp://127.0.0.1:0?backlog=1, tcp://127.0.0.1:0?backlog=1",
        "tcp:?timeout=200ms&strict=false&optional=true, tcp://127.0.0.1:0?timeout=200ms&strict=false&optional=true",
        "udp:?conversation=one&recordingLimit=0&messageLimit=10,"
                + " udp://127.0.0.1:0?conversation=one&recordingLimit=0&messageLimit=10",
        "tls:, tls://127.0.0.1:0",
        "ssl://localhost:0, tls://localhost:0",
        "tlsv1.2:, tls://127.0.0.1:0?protocols=TLSv1.2",
        "'tls:?certificateHosts=mail,10.0.0.1', 'tls://127.0.0.1:0?certificateHosts=mail,10.0.0.1'",
        "tls:?certificate=expired&clientCertificate=NEEDED&applicationProtocols=h2,"
                + " tls://127.0.0.1:0?certificate=expired&clientCertificate=needed&applicationProtocols=h2",
        "tls:?cipherSuites=TLS_AES_128_GCM_SHA256, tls://127.0.0.1:0?cipherSuites=TLS_AES_128_GCM_SHA256",
        "tls:?resumption=false, tls://127.0.0.1:0?resumption=false",
        "tls:?resumption=true, tls://127.0.0.1:0",
        "tcp:?receiveBuffer=4096, tcp://127.0.0.1:0?receiveBuffer=4096",
        "tcp:?receiveBuffer=0, tcp://127.0.0.1:0",
        "tcp:?network=latency+150ms+jitter+50ms&seed=7,"
                + " tcp://127.0.0.1:0?network=latency+150ms+jitter+50ms&seed=7",
        "udp:?seed=-7, udp://127.0.0.1:0?seed=-7",
        "tcp:?seed=0, tcp://127.0.0.1:0",
        "tcp:?name=Login+Test.mail, tcp://127.0.0.1:0?name=Login+Test.mail"
    })
    void readsUrlsAndPrintsThem(String url, String printed) {
        ServerSpec spec = ServerSpec.parse(url);

        assertThat(spec).hasToString(printed);
        assertThat(ServerSpec.parse(printed)).isEqualTo(spec).hasSameHashCodeAs(spec);
    }

    @Test
    void hasDefaults() {
        ServerSpec spec = ServerSpec.parse("tcp:");

        assertThat(spec.transport()).isEqualTo(Transport.TCP);
        assertThat(spec.host()).isEqualTo("127.0.0.1");
        assertThat(spec.port()).isZero();
        assertThat(spec.backlog()).isEqualTo(1024);
        assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.isStrict()).isTrue();
        assertThat(spec.isOptional()).isFalse();
        assertThat(spec.recordingLimit()).isEqualTo(16 << 20);
        assertThat(spec.messageLimit()).isEqualTo(1 << 20);
        assertThat(spec.name()).isEmpty();
        assertThat(spec.script()).isEmpty();
        assertThat(spec.scripts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sctp://127.0.0.1:0 | \"sctp://127.0.0.1:0\": unknown transport \"sctp\"; known are tcp, udp, tls,"
                        + " dtls, unix, udg, ssl, tlsv1.3, tlsv1.2, tlsv1.1, tlsv1.0",
                "upd | \"upd\": unknown transport \"upd\"; did you mean udp?",
                "tpc://localhost:0 | \"tpc://localhost:0\": unknown transport \"tpc\"; did you mean tcp?",
                "http://localhost:0 | \"http://localhost:0\": unknown transport \"http\"; did you mean tcp?",
                "wss: | \"wss:\": unknown transport \"wss\"; did you mean tls?",
                "8080 | \"8080\": found a port alone; write tcp://127.0.0.1:8080 for this port, tcp://0.0.0.0:8080"
                        + " for this port on all addresses, or tcp: for a free port",
                ":8080 | \":8080\": found a port alone; write tcp://127.0.0.1:8080 for this port,"
                        + " tcp://0.0.0.0:8080 for this port on all addresses, or tcp: for a free port",
                "80?strict=false | \"80?strict=false\": found a port alone; write tcp://127.0.0.1:80 for this port,"
                        + " tcp://0.0.0.0:80 for this port on all addresses, or tcp: for a free port",
                "localhost | \"localhost\": found a host alone; write tcp://localhost:0 for a free port, or"
                        + " tcp://localhost:8080 for a fixed one",
                "tcp://::1:0 | \"tcp://::1:0\": found \"::1:0\", an IPv6 address without brackets; write [::1]:0 or"
                        + " [::1:0]",
                "tcp://fe80::1%eth0 | \"tcp://fe80::1%eth0\": found \"fe80::1%eth0\", an IPv6 address without"
                        + " brackets; write [fe80::1%eth0]",
                "tcp://[::1:0 | \"tcp://[::1:0\": found \"[::1:0\" where an IPv6 address in brackets and a port are"
                        + " allowed, as in [::1]:0",
                "tcp://127.0.0.1:65536 | \"tcp://127.0.0.1:65536\": port 65536 is out of range; 0 to 65535 is"
                        + " allowed, 0 for a free one",
                "tcp://127.0.0.1:-1 | \"tcp://127.0.0.1:-1\": port \"-1\" is not a port; 0 to 65535 is allowed, 0 for"
                        + " a free one",
                "tcp://localhost:80:0 | \"tcp://localhost:80:0\": found \"localhost:80:0\"; host:port is allowed,"
                        + " such as localhost:80",
                "tcp://127.0.0.1:http | \"tcp://127.0.0.1:http\": port \"http\" is not a number; 0 to 65535 is"
                        + " allowed, 0 for a free one",
                "tcp:///run/x.sock | \"tcp:///run/x.sock\": found the path \"/run/x.sock\" where a host and a port"
                        + " are allowed, as in tcp://127.0.0.1:0",
                "udp:/run/x.sock | \"udp:/run/x.sock\": found the path \"/run/x.sock\" where a host and a port are"
                        + " allowed, as in tcp://127.0.0.1:0",
                "tcp://127.0.0.1:1/x | \"tcp://127.0.0.1:1/x\": found the path \"/x\" where a host and a port are"
                        + " allowed, as in tcp://127.0.0.1:0",
                "tcp:?backlog=0 | \"tcp:?backlog=0\": backlog 0 is out of range; 1 or more is allowed",
                "tcp:?backlog=many | \"tcp:?backlog=many\": backlog is \"many\"; a whole number is allowed",
                "tcp:?backlog | \"tcp:?backlog\": found the option \"backlog\" without a value; known are backlog,"
                        + " timeout, strict, optional, conversation, recordingLimit, messageLimit,"
                        + " skipIfUnsupported, name, umask, mode, replaceStale, certificate, certificateHosts,"
                        + " clientCertificate, protocols, cipherSuites, applicationProtocols, resumption, receiveBuffer, network,"
                        + " seed, capture",
                "tcp:?umask=0177 | \"tcp:?umask=0177\": path, umask, mode and replaceStale are for unix and udg;"
                        + " over tcp a server has a host and a port",
                "udp:?network=loss+30% | \"udp:?network=loss+30%\": found % without two hex digits in \"loss+30%\";"
                        + " write %25 for %",
                "tls:?protocols=TLSv1.2&protocols=TLSv1.3 | \"tls:?protocols=TLSv1.2&protocols=TLSv1.3\": found the"
                        + " option \"protocols\" twice; each has one value",
                "tcp:localhost:0 | \"tcp:localhost:0\": found \"tcp:localhost:0\" without // after the transport;"
                        + " write tcp://localhost:0",
                "tls:0 | \"tls:0\": found \"tls:0\" without // after the transport; write tls://127.0.0.1:0",
                "unix:?path=/run/x.sock | \"unix:?path=/run/x.sock\": path is not an option; write it before the ?,"
                        + " as in tcp://127.0.0.1:0 and unix:///run/x.sock",
                "tcp:?timeout=1s&timeout=2s | \"tcp:?timeout=1s&timeout=2s\": found the option \"timeout\" twice;"
                        + " each has one value",
                "tcp:?colour=red | \"tcp:?colour=red\": unknown option \"colour\"; known are backlog, timeout,"
                        + " strict, optional, conversation, recordingLimit, messageLimit, skipIfUnsupported, name,"
                        + " umask, mode, replaceStale, certificate, certificateHosts, clientCertificate, protocols,"
                        + " cipherSuites, applicationProtocols, resumption, receiveBuffer, network, seed, capture",
                "tcp:?receiveBuffer=-1 | \"tcp:?receiveBuffer=-1\": receiveBuffer is \"-1\"; a whole number is allowed",
                "udp:?receiveBuffer=4096 | \"udp:?receiveBuffer=4096\": receiveBuffer is for tcp and tls; over udp the"
                        + " system discards datagrams that do not fit: use a network condition such as drop",
                "unix:?receiveBuffer=4096 | \"unix:?receiveBuffer=4096\": receiveBuffer is for tcp and tls; over unix"
                        + " it has no effect, see unix(7): the client's SO_SNDBUF limits what it can send",
                "tcp:?seed=many | \"tcp:?seed=many\": seed is \"many\"; a whole number is allowed",
                "tcp:?backlock=1 | \"tcp:?backlock=1\": unknown option \"backlock\"; did you mean backlog?",
                "tls:?certificate=expird | \"tls:?certificate=expird\": certificate is \"expird\"; did you mean"
                        + " expired?",
                "tls:?cipherSuites=TLS_AES_128_GCM_SHA265 | \"tls:?cipherSuites=TLS_AES_128_GCM_SHA265\": unknown"
                        + " cipher suite \"TLS_AES_128_GCM_SHA265\"; did you mean TLS_AES_128_GCM_SHA256?",
                "tcp://[::]:0?ipv6_v6only=1 | \"tcp://[::]:0?ipv6_v6only=1\": ipv6_v6only cannot be set because the"
                        + " JDK has no such option; use 0.0.0.0 for IPv4 only, [::] for IPv4 and IPv6",
                "tcp:?so_reuseport=1 | \"tcp:?so_reuseport=1\": so_reuseport cannot be set: servers that share a"
                        + " port get each other's clients; use port 0 to give each server its own",
                "udp:?so_broadcast=1 | \"udp:?so_broadcast=1\": so_broadcast cannot be set: a server sends only to"
                        + " clients that have sent to it, not to a broadcast address",
                "tcp:?tcp_nodelay=1 | \"tcp:?tcp_nodelay=1\": tcp_nodelay cannot be set: it is always on",
                "tls:?security_level=0 | \"tls:?security_level=0\": security_level cannot be set because the JDK"
                        + " has no security levels; use protocols and cipherSuites",
                "tls:?local_cert=a.pem | \"tls:?local_cert=a.pem\": local_cert cannot be set in a URL: use"
                        + " TlsSettings.builder().certificate(HeldCertificate.readPem(…))",
                "tls:?verify_peer=1 | \"tls:?verify_peer=1\": verify_peer is called clientCertificate here, such as"
                        + " clientCertificate=needed; TlsSettings.builder().clientAuthority(…) sets their issuer",
                "tls:?SNI_server_certs=a | \"tls:?SNI_server_certs=a\": SNI_server_certs cannot be set in a URL:"
                        + " use TlsSettings.builder().serverName(…) for each name",
                "tls:?ciphers=ALL | \"tls:?ciphers=ALL\": ciphers is called cipherSuites here, such as"
                        + " cipherSuites=TLS_AES_128_GCM_SHA256",
                "tls:?crypto_method=1 | \"tls:?crypto_method=1\": crypto_method is called protocols here, such as"
                        + " protocols=TLSv1.2",
                "tls:?alpn_protocols=h2 | \"tls:?alpn_protocols=h2\": alpn_protocols is called applicationProtocols"
                        + " here, such as applicationProtocols=h2",
                "unix:x.sock | \"unix:x.sock\": path \"x.sock\" is relative, and would depend on the working"
                        + " directory of the JVM; an absolute path is allowed, such as /run/x.sock, or @name for an"
                        + " abstract name, or no path for a private socket",
                "unix://run/x.sock | \"unix://run/x.sock\": path \"run/x.sock\" is relative, and would depend on"
                        + " the working directory of the JVM; an absolute path is allowed, such as /run/x.sock, or"
                        + " @name for an abstract name, or no path for a private socket",
                "udg:@ | \"udg:@\": path \"@\" is an abstract name of 0 bytes; 1 to 107 are allowed after the @",
                "unix:/x?umask=999 | \"unix:/x?umask=999\": umask is \"999\"; an octal number from 0 to 0777 is"
                        + " allowed, such as 0177",
                "unix:/x?mode=rw | \"unix:/x?mode=rw\": mode is \"rw\"; an octal number from 0 to 0777 is allowed,"
                        + " such as 0600",
                "unix:/x?umask=0&mode=0600 | \"unix:/x?umask=0&mode=0600\": found a umask and a mode; one of them"
                        + " is allowed: the mode is 0777 without the bits of the umask",
                "unix:@x?umask=0 | \"unix:@x?umask=0\": path \"@x\" is an abstract name, which has no file: umask,"
                        + " mode and replaceStale are for files",
                "unix:?replaceStale=yes | \"unix:?replaceStale=yes\": replaceStale is \"yes\"; true or false is"
                        + " allowed",
                "unix:?conversation=one | \"unix:?conversation=one\": conversation ONE is for datagrams; over unix"
                        + " each connection is its own conversation",
                "tls:?certificate=old | \"tls:?certificate=old\": certificate is \"old\"; allowed are valid,"
                        + " expired, not_yet_valid, wrong_host, self_signed, unknown_authority,"
                        + " missing_intermediate, key_mismatch, ca_as_leaf",
                "tls:?clientCertificate=yes | \"tls:?clientCertificate=yes\": clientCertificate is \"yes\"; allowed"
                        + " are none, wanted, needed",
                "tls:?protocols=TLSv2 | \"tls:?protocols=TLSv2\": unknown TLS protocol \"TLSv2\"; known are"
                        + " TLSv1.3, TLSv1.2, TLSv1.1, TLSv1, DTLSv1.2, DTLSv1.0",
                "tlsv1.3:?protocols=TLSv1.2 | \"tlsv1.3:?protocols=TLSv1.2\": found TLSv1.2, and the transport is"
                        + " for TLSv1.3; use the transport tls instead",
                "tlsv1.0: | \"tlsv1.0:\": TLSv1 is disabled in this JVM by the security property"
                        + " jdk.tls.disabledAlgorithms, which is read once; start the JVM with"
                        + " -Djava.security.properties=FILE, where FILE sets jdk.tls.disabledAlgorithms without TLSv1",
                "udp:?certificate=expired | \"udp:?certificate=expired\": TLS settings are for streams and dtls,"
                        + " and have no effect over udp",
                "tcp:?strict=no | \"tcp:?strict=no\": strict is \"no\"; true or false is allowed",
                "tcp:?timeout=5 | \"tcp:?timeout=5\": timeout: \"5\" is not a duration; a whole number with ns, us,"
                        + " ms, s, m, h or d is allowed, such as 200ms",
                "tcp:?timeout=0s | \"tcp:?timeout=0s\": timeout PT0S is out of range; more than 0, up to a hundred"
                        + " years, is allowed",
                "tcp:?conversation=one | \"tcp:?conversation=one\": conversation ONE is for datagrams; over tcp"
                        + " each connection is its own conversation",
                "udp:?conversation=some | \"udp:?conversation=some\": conversation is \"some\"; each or one is allowed",
                "tcp:?recordingLimit=2000000000 | \"tcp:?recordingLimit=2000000000\": recordingLimit 2000000000 is"
                        + " out of range; 0 to 1 GiB is allowed",
                "tcp:?messageLimit=0 | \"tcp:?messageLimit=0\": messageLimit 0 is out of range; 1 to 1 GiB is allowed"
            })
    void refusesWithWhatWasFoundAndWhatIsAllowed(String url, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse(url))
                .withMessage(message)
                .withNoCause();
    }

    @Test
    void refusesAPathThatCannotBe() {
        String home = System.getProperty("user.home") + "/x.sock";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("unix:~/x.sock"))
                .withMessage(
                        "\"unix:~/x.sock\": path \"~/x.sock\" begins with a ~, which only a shell replaces; an absolute"
                                + " path is allowed, such as " + home);
        String tooLong = "/" + "x".repeat(106);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("unix:" + tooLong))
                .withMessage(
                        "\"unix:" + tooLong + "\": path \"" + tooLong + "\" has 107 bytes; up to 106 are allowed by"
                                + " the system: use a shorter directory, or no path for a private socket");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.builder(Transport.UNIX).port(80).build())
                .withMessage("host and port are for other transports; over unix a server has a path, such as"
                        + " /run/x.sock, or no path for a private socket");
    }

    @Test
    void readsPathsOfUnixSocketsAsTheyAre() {
        for (String url : List.of("unix:/run/x.sock", "unix:///run/x.sock")) {
            assertThat(ServerSpec.parse(url).path()).contains("/run/x.sock");
            assertThat(ServerSpec.parse(url)).hasToString("unix:///run/x.sock");
        }
        assertThat(ServerSpec.parse("udg:/a%20b:c@d").path()).contains("/a%20b:c@d");
        assertThat(ServerSpec.parse("unix:@name").path()).contains("@name");
        assertThat(ServerSpec.parse("unix:").path()).isEmpty();
        assertThat(ServerSpec.parse("unix:?umask=177").mode()).hasValue(0600);
        for (String url : List.of(
                "unix:?umask=0177",
                "udg:@name?skipIfUnsupported=true",
                "unix:///run/x.sock?mode=0600&replaceStale=true",
                "unix:///run/x.sock?timeout=1s&umask=00")) {
            assertThat(ServerSpec.parse(ServerSpec.parse(url).toString())).isEqualTo(ServerSpec.parse(url));
        }
    }

    @Test
    void refusesAHostThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.builder(Transport.TCP).host("[::1]"))
                .withMessage("host \"[::1]\" is not valid; use a name, or an address without brackets, such as"
                        + " localhost, 127.0.0.1 or ::1");
    }

    @Test
    void refusesWhatDatagramsCannotDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("udp:", Behaviours.expectLine("x"), Behaviours.reset()))
                .withMessage("over udp, @reset needs a stream: datagrams have no connection to reset");
        Script nested = Script.of(Behaviours.forever(Behaviours.frame(Framing.length(2)), Behaviours.receive("")));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ServerSpec.builder(Transport.UDP).script(nested).build())
                .withMessage("over udp, @frame length 2 needs a stream: each datagram is a message already");
    }

    @ParameterizedTest
    @CsvSource({
        "S: ready, 'S: ready'",
        "S< a, 'S< a'",
        "S! 00, 'S! 00'",
        "@delay 1ms~S: ready~C: x, 'S: ready'",
        "@eol lf~@repeat 2~S: ready~@end, 'S: ready'",
        "@forever~S: a~C: b~@end, 'S: a'",
        "@new-port~@broadcast news, '@broadcast news'",
        "@other-port~S: a~@end, '@other-port'"
    })
    void refusesADatagramScriptThatSendsFirst(String lines, String first) {
        Script script = Script.parse(lines.replace('~', '\n'));
        String message = "over udp, a script cannot begin with \"" + first + "\": the server learns the address of a"
                + " client from its first datagram; begin with a step that receives that datagram: C: C~ C< C! or"
                + " @receive";

        ServerSpecBuilder forAll = ServerSpec.builder(Transport.UDP).script(script);
        assertThatIllegalArgumentException().isThrownBy(forAll::build).withMessage(message);
        ServerSpecBuilder second = ServerSpec.builder(Transport.UDP).scripts(List.of(Script.parse("C: x"), script));
        assertThatIllegalArgumentException().isThrownBy(second::build).withMessage(message);
        try (FakeServer server = FakeServer.start("udp:")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.enqueue(script))
                    .withMessage(message);
        }
    }

    @Test
    void takesADatagramScriptThatMayReceiveFirst() {
        for (Script script : List.of(
                Script.parse("@receive\nS: a"),
                Script.parse("@match\n@otherwise\nS: a\n@end"),
                Script.parse("@maybe\nC: a\n@end\nS: b"),
                Script.parse("@repeat 2\nC: a\nS: b\n@end"),
                Script.parse("@daytime"),
                Script.of(c -> c.receiveDatagram(), Behaviours.sendLine("a")))) {
            assertThat(ServerSpec.builder(Transport.UDP).script(script).build().script())
                    .contains(script);
        }
        Script sendsFirst = Script.parse("S: a");
        assertThat(ServerSpec.builder(Transport.DTLS).script(sendsFirst).build().script())
                .contains(sendsFirst);
    }

    @Test
    void refusesAScriptWithVariablesThatTheTransportDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("unix:", Script.parse("@forever\nC: port\nS: ${port}\n@end")))
                .withMessage(
                        "over unix, ${port} is not available: a server has a ${path}, not a ${host} and a ${port}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tcp:", Script.parse("C! \"${path}\" [*]")))
                .withMessage("over tcp, ${path} is not available: a server has a ${host} and a ${port}, not a ${path}");
        for (String captures : new String[] {"C~ (?<port>[0-9]+)", "@receive port", "C! [2 port]"}) {
            Script script = Script.parse(captures + "\nS: ${port}");
            assertThat(ServerSpec.builder("unix").script(script).build().script())
                    .contains(script);
        }
        Script own = Script.of(c -> c.variables().put("path", "x"), Behaviours.sendLine("${path}"));
        assertThat(ServerSpec.builder("tcp").script(own).build().script()).contains(own);
    }

    @Test
    void refusesWhatOnlyUdpCanDo() {
        for (String url : new String[] {"tcp:", "dtls:", "tls:"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FakeServer.start(url, Behaviours.newPort()))
                    .withMessage("over " + url.replace(":", "")
                            + ", @new-port needs UDP: over other transports the address of a conversation cannot"
                            + " change");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "unix", "dtls", "udg"})
    void refusesAnotherPortExceptOverUdp(String transport) {
        Script script = Script.parse("C: a\n@repeat 2\n@other-port\nS: b\n@end\n@end");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start(transport + ":", script))
                .withMessage("over " + transport
                        + ", @other-port needs UDP: over other transports an answer cannot come from another port");
    }

    @Test
    void refusesTlsSettingsOverTcpAndUnixWhereNoScriptBeginsTls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tcp:?certificate=expired", Behaviours.expectLine("x")))
                .withMessage("over tcp, the TLS settings (certificate) have no effect: no script of this server begins"
                        + " TLS; use the transport tls, or begin TLS with @starttls in a script");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("unix:?protocols=TLSv1.3&applicationProtocols=h2").toBuilder()
                        .scripts(List.of(Script.parse("C: x"), Script.parse("@repeat 2\nS: x\n@end")))
                        .build())
                .withMessage(
                        "over unix, the TLS settings (protocols, applicationProtocols) have no effect: no script of"
                                + " this server begins TLS; begin TLS with @starttls in a script");
        HeldCertificate own = CertificateAuthority.shared().issue();
        TlsSettings.Builder all = TlsSettings.builder()
                .certificate(own)
                .serverName("a.test", own)
                .clientCertificate(ClientCertificate.WANTED)
                .cipherSuites("TLS_AES_128_GCM_SHA256");
        for (Map.Entry<TlsSettings, String> settings : Map.of(
                        all.build(),
                        "certificate, serverName, clientCertificate, cipherSuites",
                        TlsSettings.builder()
                                .authority(CertificateAuthority.shared())
                                .build(),
                        "authority",
                        TlsSettings.builder().sessions(TlsSessions.none()).build(),
                        "resumption",
                        TlsSettings.builder().sessions(TlsSessions.create()).build(),
                        "sessions",
                        TlsSettings.builder()
                                .clientAuthority(CertificateAuthority.shared())
                                .build(),
                        "authority")
                .entrySet()) {
            ServerSpecBuilder builder =
                    ServerSpec.builder(Transport.TCP).tls(settings.getKey()).script(Script.parse("C: x"));
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageStartingWith("over tcp, the TLS settings (" + settings.getValue() + ") have no effect");
        }
    }

    @Test
    void takesTlsSettingsWhereTlsMayBegin() {
        ServerSpec withoutScript = ServerSpec.parse("tcp:?certificate=expired");
        assertThat(withoutScript.tls().certificateKind()).isEqualTo(CertificateKind.EXPIRED);
        for (Script script : List.of(
                Script.parse("C: x\n@starttls"),
                Script.parse("@match\nC: x\n@starttls\n@or\nC: y\n@end"),
                Script.parse("@forever\n@maybe\nC: x\n@repeat 1\n@starttls\n@end\n@end\n@end"),
                Script.parse("@tls-hello"),
                Script.of(Behaviours.expectLine("x"), c -> c.startTls()),
                Script.of(Behaviours.forever(c -> c.startTls())))) {
            assertThat(withoutScript.toBuilder().script(script).build().script())
                    .contains(script);
            assertThat(withoutScript.toBuilder()
                            .script(Script.parse("C: x"))
                            .scripts(List.of(Script.parse("C: y"), script))
                            .build()
                            .scripts())
                    .contains(script);
        }
    }

    @Test
    void takesAnyScriptLaterWhereTlsSettingsHaveNone() {
        try (FakeServer server = FakeServer.start("tcp:?certificate=expired&optional=true")) {
            server.enqueue(Behaviours.expectLine("x"));
            server.enqueue(Behaviours.expectLine("x"), Behaviours.startTls());
            server.verify();
        }
    }

    @Test
    void networkAndSeedArePartOfASpecification() {
        ServerSpec spec = ServerSpec.parse("udp:?network=drop+1+3+to+server,latency+5ms&seed=7");
        assertThat(spec.network())
                .containsExactly(
                        NetworkConditions.dropDatagrams(1, 3).toServer(),
                        NetworkConditions.latency(Duration.ofMillis(5)));
        assertThat(spec.seed()).isEqualTo(7);
        assertThat(ServerSpec.parse(spec.toString())).isEqualTo(spec).hasSameHashCodeAs(spec);
        assertThat(spec.toBuilder().build()).isEqualTo(spec);
        assertThat(spec.toBuilder().network().build()).isNotEqualTo(spec);
        assertThat(spec.toBuilder().seed(8).build()).isNotEqualTo(spec);
        assertThat(ServerSpec.builder("tcp").receiveBuffer(4096).build())
                .isNotEqualTo(ServerSpec.builder("tcp").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("tcp:?network=latencie+5ms"))
                .withMessageStartingWith("\"tcp:?network=latencie+5ms\": network: ")
                .withMessageContaining("latency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.builder("tcp").receiveBuffer(-1))
                .withMessage("receiveBuffer -1 is out of range; 1 or more bytes are allowed, or 0 for the default");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void seedOfAllServersIsAProperty() throws IOException {
        System.setProperty("socketharness.seed", "41");
        try (FakeServer server = FakeServer.start("tcp:?network=latency+1ms");
                FakeServer own = FakeServer.start("tcp:?network=latency+1ms&seed=7");
                TestClient client = TestClient.connect(server);
                TestClient other = TestClient.connect(own)) {
            client.send("x");
            other.send("x");
            assertThat(server.recording().awaitReceived("x").toString()).contains("network: latency 1ms (seed 41)");
            assertThat(own.recording().awaitReceived("x").toString()).contains("network: latency 1ms (seed 7)");
            System.setProperty("socketharness.seed", "many");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerSpec.parse("tcp:?network=latency+1ms"))
                    .withMessageEndingWith("system property socketharness.seed is \"many\"; a whole number is allowed");
        } finally {
            System.clearProperty("socketharness.seed");
        }
    }

    @Test
    void timeoutOfAllServersIsAProperty() {
        System.setProperty("socketharness.timeout", "20s");
        try {
            assertThat(ServerSpec.parse("tcp:").timeout()).isEqualTo(Duration.ofSeconds(20));
            System.setProperty("socketharness.timeout", "long");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ServerSpec.parse("tcp:"))
                    .withMessageContaining("system property socketharness.timeout: \"long\" is not a duration");
        } finally {
            System.clearProperty("socketharness.timeout");
        }
    }
}
