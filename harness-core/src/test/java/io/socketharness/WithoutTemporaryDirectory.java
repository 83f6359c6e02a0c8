package io.socketharness;

/** Starts a server that wants a private path; {@link UnixServerTest} starts it where there is no place for one. */
final class WithoutTemporaryDirectory {

    private WithoutTemporaryDirectory() {}

    public static void main(String... arguments) {
        try (FakeServer server = FakeServer.start("unix:")) {
            System.out.println(server);
        } catch (ServerStartException failed) {
            System.out.println(failed.getMessage());
        }
    }
}
