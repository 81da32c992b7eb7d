package hoopoe.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import hoopoe.runtime.RuntimeThread;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;

/** Puts {@link hoopoe.runtime} in place of Quarkus' loop over {@code HttpURLConnection}. */
@TargetClass(FunqyLambdaBindingRecorder.class)
final class PollLoop {

    private PollLoop() {}

    @Substitute
    public void startPollLoop(ShutdownContext context, LaunchMode mode) {
        RuntimeThread.start((event, answer) -> FunqyLambdaBindingRecorder.handle(event, answer, null));
    }
}
