package io.socketharness.spi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What differs between test frameworks: the annotations of their adapters, and the words and exceptions of errors.
 *
 * @param <S> the annotation {@code @SocketServer} of the adapter
 */
public interface TestFramework<S extends Annotation> {

    /**
     * The annotation that declares a server.
     *
     * @return its type, with the simple name {@code SocketServer}
     */
    Class<S> serverAnnotation();

    /**
     * The name that an annotation gives its server.
     *
     * @param annotation the annotation
     * @return empty for the name of the annotated element
     */
    String givenName(S annotation);

    /**
     * The name of the server that an element picks with {@code @FromServer}.
     *
     * @param element a parameter or field
     * @return an empty name for the only server; nothing without the annotation
     */
    Optional<String> pickedName(AnnotatedElement element);

    /**
     * The words of the framework.
     *
     * @return the words
     */
    FrameworkWords words();

    /**
     * The exception for tests that are written wrongly, or whose server cannot be started.
     *
     * @param message the whole message
     * @param cause the cause, if there is one
     * @return the framework's own exception
     */
    RuntimeException error(String message, @Nullable Throwable cause);

    /**
     * The exception that aborts a test without a failure.
     *
     * @param message the whole message
     * @param cause the cause
     * @return an exception for which {@link VerificationResult#isAbort} holds
     */
    RuntimeException abort(String message, Throwable cause);
}
