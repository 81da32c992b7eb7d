package hoopoe.local.aws;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Faults;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Request;
import hoopoe.local.wire.Work;
import java.time.Duration;
import java.util.function.Consumer;

/** One request, with the faults that are planned for it. */
record AwsJob(Request request, AwsEndpoint door, Faults faults, Consumer<Duration> waiting) implements Job, Work {

    @Override
    public String operation() {
        return door.operation(request);
    }

    @Override
    public Answer answer() {
        return faults.take(operation()).map(fault -> fault.strike(this)).orElseGet(this::carryOut);
    }

    @Override
    public Answer carryOut() {
        return door.answer(request);
    }

    /** With that for a body. */
    @Override
    public Answer saying(String result) {
        return Answer.of(200, AwsEndpoint.TYPE, result);
    }

    /** By HTTP status: AWS has no numbers for its errors. */
    @Override
    public Answer refusing(int code) {
        return AwsRefusal.answer(code, code < 500 ? "ThrottlingException" : "InternalServiceError", "");
    }

    /** @param message the error's type */
    @Override
    public Answer failing(String message) {
        return AwsRefusal.answer(400, message, "");
    }

    @Override
    public void pause(Duration time) {
        waiting.accept(time);
    }
}
