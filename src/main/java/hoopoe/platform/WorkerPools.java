package hoopoe.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the threads of an invocation. Whoever asks for a pool shuts it down. */
@ApplicationScoped
public class WorkerPools {

    public ExecutorService of(int threads) {
        return Executors.newFixedThreadPool(threads);
    }
}
