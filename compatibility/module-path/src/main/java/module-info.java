/** What a user's module requires. */
module io.socketharness.compatibility {
    requires io.socketharness.core;
    requires io.socketharness.junit5;
    requires org.assertj.core;

    exports io.socketharness.compatibility;
}
