package io.socketharness.junit5;

import io.socketharness.spi.TestSweep;
import io.socketharness.spi.TestSweepRun;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** The invocations of a sweep. JUnit asks for the next one when the one before has ended. */
final class SweepInvocations extends AbstractSpliterator<TestTemplateInvocationContext> {

    private final ExtensionContext context;
    private final RunningSweep running;
    private @Nullable SweepInvocation last;
    private boolean finished;

    SweepInvocations(ExtensionContext context, RunningSweep running) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.context = context;
        this.running = running;
    }

    @Override
    public boolean tryAdvance(Consumer<? super TestTemplateInvocationContext> action) {
        if (finished) {
            return false;
        }
        SweepInvocation before = last;
        if (before != null && before.isMissing()) {
            throw FaultSweepProvider.error(
                    context.getRequiredTestMethod(),
                    "JUnit did not run the test without a fault, which comes first. A single invocation cannot be"
                            + " selected; run one fault with -D" + TestSweep.ONLY + "='…'");
        }
        Optional<TestSweepRun> next = running.sweep().next();
        running.runs(next.orElse(null));
        if (next.isPresent()) {
            last = new SweepInvocation(running, next.get());
            action.accept(last);
            return true;
        }
        finished = true;
        running.sweep()
                .finish(new Attachment(context))
                .ifPresent(report -> context.publishReportEntry("fault sweep", report));
        Optional<AssertionError> outdated = running.sweep().outdated(Verification.code(context));
        outdated.ifPresent(error -> action.accept(new KnownWeaknessesInvocation(error)));
        return outdated.isPresent();
    }
}
