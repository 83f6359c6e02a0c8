package io.socketharness.spock

import io.socketharness.testing.JdkClient
import io.socketharness.FakeServer
import io.socketharness.recording.Recording
import org.spockframework.runtime.extension.ExtensionAnnotation
import org.spockframework.runtime.extension.IAnnotationDrivenExtension
import org.spockframework.runtime.extension.ParameterResolver
import org.spockframework.runtime.model.ParameterInfo
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.lang.annotation.Retention
import java.lang.annotation.RetentionPolicy
import java.nio.file.Files
import java.nio.file.Path
import javax.net.ssl.SSLContext

class Injected extends Specification {
    @Shared @SocketServer(name = 'all') FakeServer shared
    @Shared @FromServer('all') Recording sharedRecording
    @FromServer('all') int port
    @FromServer('all') def untyped

    def 'by the type'(
            @FromServer('all') FakeServer server,
            @FromServer('all') Recording recording,
            @FromServer('all') InetSocketAddress address,
            @FromServer('all') SocketAddress any,
            @FromServer('all') URI uri,
            @FromServer('all') int number,
            @FromServer('all') Integer boxed,
            @FromServer('all') String host,
            @FromServer('all') SSLContext context,
            @FromServer('all') Path pem,
            @FromServer('all') untypedParameter) {
        expect:
        server.is(shared)
        recording.is(server.recording())
        address == server.address()
        any == address
        uri == server.uri()
        number == server.port()
        boxed == number
        host == '127.0.0.1'
        context != null
        Files.readString(pem).contains('BEGIN CERTIFICATE')
        untypedParameter.is(server)
        sharedRecording.is(recording)
        port == number
        untyped.is(server)
    }
}

@SocketServer(transport = 'unix')
class InjectedUnix extends Specification {
    def 'the path and the address'(@FromServer Path path, UnixDomainSocketAddress address, SocketAddress any) {
        expect:
        address.path == path
        any == address
    }
}

@SocketServer
class WithoutAnnotations extends Specification {
    FakeServer inSetup

    def setup(FakeServer server) {
        inSetup = server
    }

    def 'where one applies'(FakeServer server, Recording recording, InetSocketAddress address, URI uri) {
        expect:
        server.is(inSetup)
        recording.is(server.recording())
        address == server.address()
        uri == server.uri()
    }

    def 'data and what other extensions give are left alone'(
            URI uri, @TempDir Path directory, @Elsewhere URI elsewhere, FakeServer server) {
        expect:
        uri.host == 'data.test'
        elsewhere.host == 'elsewhere.test'
        Files.isDirectory(directory)
        server.is(inSetup)
        where: uri << [URI.create('tcp://data.test')]
    }

    def cleanup(@FromServer int port) {
        assert port == inSetup.port()
    }
}

@Retention(RetentionPolicy.RUNTIME)
@ExtensionAnnotation(ElsewhereExtension)
@interface Elsewhere {}

class ElsewhereExtension implements IAnnotationDrivenExtension<Elsewhere> {
    @Override
    void visitParameterAnnotation(Elsewhere annotation, ParameterInfo parameter) {
        parameter.parent.addInterceptor(
                new ParameterResolver.Interceptor<URI>(parameter, { URI.create('tcp://elsewhere.test') }))
    }
}

class OnFixtureParameters extends Specification {
    FakeServer given

    def setup(@SocketServer(script = 'S: hello') FakeServer server) {
        given = server
    }

    def 'each iteration has a fresh one'() {
        given: Seen.SERVERS.add(given)
        expect: JdkClient.tcp(given.address(), '') == 'hello\r\n'
        where: number << [1, 2]
    }
}

class SharedForSetupSpec extends Specification {
    @Shared @SocketServer FakeServer shared

    def setupSpec(FakeServer server) {
        assert server.is(shared)
    }

    def 'feature'(@FromServer('shared') FakeServer server) {
        expect: server.is(shared)
    }

    def cleanupSpec(@FromServer('shared') int port) {
        assert port == shared.port()
    }
}
