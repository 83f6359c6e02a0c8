/** Fake network servers as a JUnit Jupiter extension. */
@SuppressWarnings("module") // the 5 at the end of the name
module io.socketharness.junit5 {
    requires transitive io.socketharness.core;
    requires transitive org.junit.jupiter.api;
    requires java.management;
    requires static transitive org.jspecify;

    exports io.socketharness.junit5;

    // JUnit makes the extension that the annotations name.
    opens io.socketharness.junit5 to
            org.junit.platform.commons;
}
