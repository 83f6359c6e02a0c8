package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.util.List;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.exception.MemcachedClientException;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.Test;

/** memcached: Xmemcached and spymemcached. */
@SocketServer(scriptResource = "/scripts/memcached.script")
class MemcachedTest {

    @Test
    void xmemcachedReadsWhatItWrote(FakeServer server) throws Exception {
        XMemcachedClient cache = new XMemcachedClient(server.address());
        try {
            assertThat(cache.set("greeting", 0, "hello")).isTrue();
            assertThat(cache.<String>get("greeting")).isEqualTo("hello");
            assertThat(cache.<String>get("other")).isNull();
        } finally {
            cache.shutdown();
        }
        assertThat(server).connection(0).receivedContaining("set greeting 0 0 5\r\nhello\r\n");
    }

    @Test
    void valuesMayContainLineBreaks(FakeServer server) throws Exception {
        MemcachedClient cache = new MemcachedClient(List.of(server.address()));
        try {
            assertThat(cache.set("greeting", 0, "hello\r\nEND\r\n").get()).isTrue();
            assertThat(cache.get("greeting")).isEqualTo("hello\r\nEND\r\n");
        } finally {
            cache.shutdown();
        }
        assertThat(server).connection(0).receivedContaining("set greeting 0 0 12\r\nhello\r\nEND\r\n\r\n");
    }

    @Test
    void xmemcachedTellsWhatTheServerComplainsOf(FakeServer server) throws Exception {
        XMemcachedClient cache = new XMemcachedClient(server.address());
        try {
            assertThatThrownBy(() -> cache.incr("greeting", 1))
                    .isInstanceOf(MemcachedClientException.class)
                    .hasMessageContaining("cannot increment or decrement non-numeric value");
        } finally {
            cache.shutdown();
        }
    }

    @Test
    void spymemcachedReadsWhatItWrote(FakeServer server) throws Exception {
        MemcachedClient cache = new MemcachedClient(List.of(server.address()));
        try {
            assertThat(cache.set("greeting", 0, "hello").get()).isTrue();
            assertThat(cache.get("greeting")).isEqualTo("hello");
        } finally {
            cache.shutdown();
        }
    }
}
