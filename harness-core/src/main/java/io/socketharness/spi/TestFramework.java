package io.socketharness.spi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's test framework: its annotations, and the terms and exceptions of errors.
 *
 * @param <S> the annotation {@code @SocketServer} of the adapter
 */
public interface TestFramework<S extends Annotation> {

    /**
     * Returns the annotation that declares a server.
     *
     * @return its type, with the simple name {@code SocketServer}
     */
    Class<S> serverAnnotation();

    /**
     * Returns the name that an annotation gives its server.
     *
     * @param annotation the annotation
     * @return the name; empty for the name of the annotated element
     */
    String givenName(S annotation);

    /**
     * Returns the name of the server that an element selects with {@code @FromServer}.
     *
     * @param element a parameter or field
     * @return an empty name for the only server; an empty optional without the annotation
     */
    Optional<String> pickedName(AnnotatedElement element);

    /**
     * Returns the terms of the framework.
     *
     * @return the terms
     */
    FrameworkWords words();

    /**
     * Returns the exception for tests that are written incorrectly, or whose server cannot be started.
     *
     * @param message the whole message
     * @param cause the cause, or null
     * @return the framework's exception
     */
    RuntimeException error(String message, @Nullable Throwable cause);

    /**
     * Returns the exception that aborts a test without a failure.
     *
     * @param message the whole message
     * @param cause the cause
     * @return an exception for which {@link VerificationResult#isAbort} returns true
     */
    RuntimeException abort(String message, Throwable cause);
}
