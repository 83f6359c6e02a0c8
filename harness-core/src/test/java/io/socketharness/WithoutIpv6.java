package io.socketharness;

/** Starts servers in a JVM that has no IPv6, and tells what came of it. */
final class WithoutIpv6 {

    private WithoutIpv6() {}

    public static void main(String... urls) {
        for (String url : urls) {
            try (FakeServer server = FakeServer.start(url)) {
                System.out.println(server.host());
            } catch (ServerStartException refused) {
                System.out.println((refused.isUnsupported() ? "unsupported: " : "") + refused.getMessage());
            }
        }
    }
}
