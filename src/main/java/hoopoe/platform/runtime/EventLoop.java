package hoopoe.platform.runtime;

import hoopoe.observability.SafeStackTrace;
import hoopoe.platform.runtime.RuntimeApi.RuntimeEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Passes events to a function, one after the other, until the Runtime API ends. */
public final class EventLoop {

    /** A function: reads an event, writes its answer. */
    @FunctionalInterface
    public interface Function {

        void handle(InputStream event, OutputStream answer) throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(EventLoop.class);

    /** The name of the event's id in the log, as in Quarkus' own loop. */
    private static final String REQUEST_ID = "AWSRequestId";

    /** The property in which the AWS SDK looks for the trace header to forward. */
    private static final String TRACE = "com.amazonaws.xray.traceHeader";

    private static final int USUAL_ANSWER = 8 * 1024;

    private final RuntimeApi api;
    private final Function function;

    /** @param address {@code host:port}, from {@code AWS_LAMBDA_RUNTIME_API} */
    public EventLoop(String address, Function function) throws IOException {
        this.api = new RuntimeApi(address);
        this.function = function;
    }

    /** Returns by an exception only: Lambda ends an environment by ending its processes. */
    @SuppressWarnings("InfiniteLoopStatement")
    public void run() throws IOException {
        while (true) {
            one(api.next());
        }
    }

    /** Tells Lambda that the function cannot start. */
    public void initFailed(Throwable failure) throws IOException {
        api.initFailed(failure);
    }

    private void one(RuntimeEvent runtimeEvent) throws IOException {
        MDC.put(REQUEST_ID, runtimeEvent.id());
        if (!runtimeEvent.trace().isEmpty()) {
            System.setProperty(TRACE, runtimeEvent.trace());
        }
        try {
            answer(runtimeEvent);
        } finally {
            MDC.remove(REQUEST_ID);
        }
    }

    private void answer(RuntimeEvent runtimeEvent) throws IOException {
        var answer = new ByteArrayOutputStream(USUAL_ANSWER);
        try {
            function.handle(new ByteArrayInputStream(runtimeEvent.body()), answer);
        } catch (IOException | RuntimeException | Error e) {
            LOG.errorf("the function failed: %s", SafeStackTrace.of(e));
            api.fail(runtimeEvent.id(), e);
            return;
        }
        var status = api.respond(runtimeEvent.id(), answer);
        if (status != 202) {
            LOG.errorf("the Runtime API answers %d to an answer of %d bytes", status, answer.size());
        }
    }
}
