package io.socketharness.spock;

import org.spockframework.runtime.extension.ExtensionException;
import org.spockframework.runtime.extension.IGlobalExtension;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.SpecInfo;
import org.spockframework.util.SpockReleaseInfo;

/**
 * Maps what Spock does to the life of servers. Spock finds and makes it; there is nothing to call. To specifications
 * without servers it does nothing.
 *
 * <p>It is a global extension, since one of an annotation would miss annotations of one's own that have {@link
 * SocketServer}, and those of interfaces. It has no state: specifications may run on it at once. Servers are in the store.
 */
public final class SocketServerExtension implements IGlobalExtension {

    /** Spock makes one. */
    public SocketServerExtension() {}

    @Override
    public void visitSpec(SpecInfo spec) {
        try {
            if (Declarations.concern(spec)) {
                serve(spec);
            }
        } catch (NoSuchMethodError older) {
            throw new ExtensionException(
                    "found Spock " + SpockReleaseInfo.getVersion()
                            + "; the Spock adapter of socket-harness runs on 2.4 and later",
                    older);
        }
    }

    private static void serve(SpecInfo spec) {
        spec.addInterceptor(Verification::aroundSpec);
        spec.addSharedInitializerInterceptor(SocketServerExtension::startOfSpec);
        spec.addInitializerInterceptor(SocketServerExtension::startOfIteration);
        for (FeatureInfo feature : spec.getAllFeatures()) {
            feature.addInterceptor(Verification::aroundFeature);
            feature.addIterationInterceptor(Verification::aroundIteration);
        }
        spec.getAllSharedInitializerMethods()
                .forEach(method -> method.addInterceptor(SocketServerExtension::closeIfItFails));
        spec.getAllInitializerMethods().forEach(method -> method.addInterceptor(Verification::watch));
        Declarations.methods(spec).forEach(SocketServerExtension::serve);
    }

    /** These come before those of other extensions, and so see what comes of a feature in the end. */
    private static void serve(MethodInfo method) {
        method.addInterceptor(Verification::watch);
        method.addInterceptor(Parameters::resolve);
    }

    private static void startOfSpec(IMethodInvocation invocation) throws Throwable {
        Servers servers = Servers.begin(Servers.Of.SPEC, invocation);
        invocation.getSpec().getBottomSpec().addListener(Verification.watch(servers));
        try {
            Scope scope = Scope.of(invocation);
            servers.start(Declarations.ofSpec(scope.spec()), scope.spec().getReflection());
            Fields.set(scope, true, invocation.getSharedInstance());
        } catch (Throwable failure) {
            servers.end();
            throw failure;
        }
        invocation.proceed();
    }

    private static void startOfIteration(IMethodInvocation invocation) throws Throwable {
        Servers servers = Servers.begin(Servers.Of.ITERATION, invocation);
        Scope scope = Scope.of(invocation);
        try {
            servers.start(
                    Declarations.ofIteration(scope.spec(), invocation.getFeature()),
                    scope.spec().getReflection());
            Fields.set(scope, false, invocation.getInstance());
        } catch (Throwable failure) {
            scope.ofSpec().ifPresent(Servers::cutShort);
            throw failure;
        }
        invocation.proceed();
    }

    /** A specification that does not get through its beginning has no end. */
    private static void closeIfItFails(IMethodInvocation invocation) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            Scope.of(invocation).ofSpec().ifPresent(Servers::end);
            throw failure;
        }
    }
}
