package io.socketharness.spi;

import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A test framework whose tests are called cases and stand in sheets. */
enum ExampleFramework implements TestFramework<ExampleFramework.SocketServer> {
    INSTANCE;

    static class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Repeatable(SocketServers.class)
    @interface SocketServer {
        String name() default "";

        String host() default "";
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface SocketServers {
        SocketServer[] value();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface FromServer {
        String value() default "";
    }

    @Override
    public Class<SocketServer> serverAnnotation() {
        return SocketServer.class;
    }

    @Override
    public String givenName(SocketServer annotation) {
        return annotation.name();
    }

    @Override
    public Optional<String> pickedName(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(FromServer.class)).map(FromServer::value);
    }

    @Override
    public FrameworkWords words() {
        return new FrameworkWords(
                "case",
                "row",
                "sheet",
                "a local field",
                "a global field",
                "cases run in parallel",
                "cases share, and cases that run at the same time");
    }

    @Override
    public RuntimeException error(String message, @Nullable Throwable cause) {
        return new Wrong(message, cause);
    }

    @Override
    public RuntimeException abort(String message, Throwable cause) {
        return new UnsupportedOperationException(message, cause);
    }
}
