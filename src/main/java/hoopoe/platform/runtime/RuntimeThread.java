package hoopoe.platform.runtime;

import hoopoe.observability.SafeStackTrace;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs an {@link EventLoop} on its own thread, once Quarkus has started. */
public final class RuntimeThread {

    private static final Logger LOG = Logger.getLogger(RuntimeThread.class);
    private static final String ADDRESS = "AWS_LAMBDA_RUNTIME_API";

    private RuntimeThread() {}

    public static void start(EventLoop.Function function) {
        var thread = new Thread(() -> run(System.getenv(ADDRESS), function), "events");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(@Nullable String address, EventLoop.Function function) {
        if (address == null) {
            LOG.errorf("%s is not set: this executable is started by AWS Lambda, or by what behaves like it", ADDRESS);
        } else {
            try {
                serve(new EventLoop(address, function));
            } catch (IOException e) {
                LOG.errorf("no more events: %s", SafeStackTrace.of(e));
            }
        }
        Quarkus.asyncExit(1);
    }

    private static void serve(EventLoop loop) throws IOException {
        try {
            awaitStart();
        } catch (RuntimeException e) {
            LOG.error("the function does not start", e);
            loop.initFailed(e);
            return;
        }
        loop.run();
    }

    /** Waits while Quarkus starts: {@code start} of an application that is starting returns when it has started. */
    private static void awaitStart() {
        var application = Application.currentApplication();
        if (application == null) {
            throw new IllegalStateException("there is no application");
        }
        application.start(new String[0]);
    }
}
