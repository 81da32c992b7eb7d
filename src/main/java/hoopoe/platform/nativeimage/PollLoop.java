package hoopoe.platform.nativeimage;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import hoopoe.platform.runtime.RuntimeThread;
import io.quarkus.amazon.lambda.runtime.JacksonInputReader;
import io.quarkus.amazon.lambda.runtime.JacksonOutputWriter;
import io.quarkus.amazon.lambda.runtime.LambdaInputReader;
import io.quarkus.amazon.lambda.runtime.LambdaOutputWriter;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.funqy.runtime.FunqyConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;

/**
 * Replaces Quarkus' loop over {@code HttpURLConnection} by {@link hoopoe.platform.runtime}, and passes events on unchanged: the
 * code that unpacks SQS, SNS, Kinesis and CloudEvents is switched off by a setting, but would still be in the executable.
 */
@TargetClass(FunqyLambdaBindingRecorder.class)
final class PollLoop {

    @Alias
    private static FunctionInvoker invoker;

    @Alias
    private static LambdaInputReader<?> reader;

    @Alias
    private static LambdaOutputWriter writer;

    @Alias
    private RuntimeValue<FunqyConfig> runtimeConfig;

    private PollLoop() {}

    @Substitute
    public void chooseInvoker() {
        var name = runtimeConfig.getValue().export().orElse("");
        invoker = FunctionRecorder.registry.matchInvoker(name);
        if (invoker == null) {
            throw new IllegalStateException("quarkus.funqy.export does not match a function: " + name);
        }
        var bound = invoker.getBindingContext();
        reader = new JacksonInputReader((ObjectReader) bound.get(ObjectReader.class.getName()));
        writer = new JacksonOutputWriter((ObjectWriter) bound.get(ObjectWriter.class.getName()));
    }

    @Substitute
    public void startPollLoop(ShutdownContext context, LaunchMode mode) {
        RuntimeThread.start((event, answer) -> FunqyLambdaBindingRecorder.handle(event, answer, null));
    }
}
