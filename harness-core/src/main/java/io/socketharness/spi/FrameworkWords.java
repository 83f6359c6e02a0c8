package io.socketharness.spi;

/**
 * The terms of a test framework in messages.
 *
 * @param test a unit that can have its own servers, such as {@code test}
 * @param method the annotated element of one test, such as {@code method}
 * @param container a group of tests, such as {@code class}
 * @param ownField a field with a server for each test, such as {@code an instance field}
 * @param sharedField a field with one server for all tests of a container, such as {@code a static field}
 * @param parallelRun says that tests run in parallel, such as {@code JUnit runs tests in parallel (… is true)}
 * @param parallelSharing says which tests share a server and can run at the same time, such as
 *     {@code tests of its class share, and tests that JUnit can run at the same time (…)}
 */
public record FrameworkWords(
        String test,
        String method,
        String container,
        String ownField,
        String sharedField,
        String parallelRun,
        String parallelSharing) {}
