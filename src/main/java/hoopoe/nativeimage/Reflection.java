package hoopoe.nativeimage;

import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Foreign classes that are written as JSON and that their own extension does not register.
 *
 * <p>Without {@link FunctionError} an exception that leaves a function ends the process instead of the invocation.
 */
@RegisterForReflection(targets = FunctionError.class)
final class Reflection {

    private Reflection() {}
}
