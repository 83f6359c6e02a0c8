package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** LDAP: the UnboundID SDK and curl. */
@SocketServer(scriptResource = "/scripts/ldap.script")
class LdapTest {

    private static final String BOB = "cn=bob,dc=example";

    @Test
    void unboundIdBindsAndReadsAnEntry(FakeServer directory) throws Exception {
        try (LDAPConnection connection = new LDAPConnection(directory.host(), directory.port(), BOB, "secret")) {
            SearchResultEntry entry = connection.getEntry(BOB);

            assertThat(entry.getAttributeValue("cn")).isEqualTo("bob");
        }
        assertThat(directory).connection(0).receivedContaining("cn=bob,dc=example");
    }

    @Test
    void unboundIdTellsThatThePasswordIsWrong(FakeServer directory) {
        assertThatThrownBy(() -> new LDAPConnection(directory.host(), directory.port(), BOB, "geheim"))
                .isInstanceOfSatisfying(
                        LDAPException.class,
                        refused -> assertThat(refused.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS))
                .hasMessage("not today");
    }

    @Test
    void curlReadsAnEntry(FakeServer directory) throws Exception {
        assertThat(Curl.run(
                        "ldap://" + directory.host() + ":" + directory.port() + "/" + BOB + "?cn?base",
                        "--user",
                        BOB + ":secret"))
                .isEqualTo("DN: cn=bob,dc=example\n\tcn: bob\n\n\n");
    }
}
