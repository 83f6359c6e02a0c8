package io.socketharness.spock;

import io.socketharness.spi.Injection;
import io.socketharness.spi.InjectionPoint;
import org.spockframework.runtime.extension.IMethodInvocation;
import org.spockframework.runtime.model.FeatureInfo;
import org.spockframework.runtime.model.MethodInfo;
import org.spockframework.runtime.model.ParameterInfo;

/** Resolves the parameters of feature and fixture methods that get values of servers. */
final class Parameters {

    private Parameters() {}

    /** Returns whether a method needs this interceptor. */
    static boolean concern(MethodInfo method) {
        return method.getParameters().stream()
                .anyMatch(parameter -> Elements.isAnnotated(parameter.getReflection())
                        || Injection.isOwn(parameter.getReflection().getType()) && !isDataVariable(parameter));
    }

    static void resolve(IMethodInvocation invocation) throws Throwable {
        Scope scope = Scope.of(invocation);
        for (ParameterInfo parameter : invocation.getMethod().getParameters()) {
            Class<?> type = parameter.getReflection().getType();
            if (isServers(parameter, type, scope)) {
                InjectionPoint point = Elements.injectionPoint(Elements.of(parameter), type);
                if (isDataVariable(parameter)) {
                    throw point.error("found a data variable; use a parameter that where: does not define", null);
                }
                invocation.resolveArgument(parameter.getIndex(), point.value(scope));
            }
        }
        invocation.proceed();
    }

    private static boolean isServers(ParameterInfo parameter, Class<?> type, Scope scope) {
        if (Elements.isAnnotated(parameter.getReflection())) {
            return true;
        }
        if (isDataVariable(parameter)) {
            return false;
        }
        // A parameter with another annotation belongs to another extension.
        boolean isPlain = parameter.getReflection().getAnnotations().length == 0;
        return Injection.isOwn(type) || Injection.isWayToIt(type) && isPlain && isServed(scope);
    }

    private static boolean isServed(Scope scope) {
        return !scope.running().isEmpty() || !scope.ofLaterTests().isEmpty();
    }

    private static boolean isDataVariable(ParameterInfo parameter) {
        FeatureInfo feature = parameter.getParent().getFeature();
        return feature != null && feature.getDataVariables().contains(parameter.getName());
    }
}
