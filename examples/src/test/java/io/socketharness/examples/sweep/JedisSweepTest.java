package io.socketharness.examples.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.junit5.FaultSweep;
import io.socketharness.junit5.SocketServer;
import java.net.InetSocketAddress;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Jedis survives each fault: it reports it, or reads the whole value. */
class JedisSweepTest {

    // tag::sweep[]
    @FaultSweep(tolerates = JedisConnectionException.class, timeLimit = "2s")
    @SocketServer(script = """
            C< *2\\r\\n$3\\r\\nGET\\r\\n$8\\r\\ngreeting\\r\\n
            S< $5\\r\\nhello\\r\\n
            """)
    void readsAValue(InetSocketAddress redis) {
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                .timeoutMillis(300)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
        try (Jedis jedis = new Jedis(new HostAndPort(redis.getHostString(), redis.getPort()), config)) {
            assertThat(jedis.get("greeting")).isEqualTo("hello");
        }
    }
    // end::sweep[]
}
