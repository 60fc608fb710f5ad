package sightline.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests that open a browser. Where none is installed each of them is skipped, by name and with the reason; where the
 * environment says {@code CI=true} it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
public @interface NeedsBrowser {
    /** Asks before each test. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            // Of the class too it is asked; then its tests would not be named.
            if (context.getTestMethod().isEmpty()
                    || Chromium.find().isPresent()
                    || "true".equals(System.getenv("CI"))) {
                return ConditionEvaluationResult.enabled("a browser is there, or must be");
            }
            System.out.println("skipped: " + context.getRequiredTestClass().getSimpleName() + "."
                    + context.getRequiredTestMethod().getName() + ": " + Chromium.missing());
            return ConditionEvaluationResult.disabled(Chromium.missing());
        }
    }
}
