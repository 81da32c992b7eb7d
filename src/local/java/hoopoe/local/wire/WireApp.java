package hoopoe.local.wire;

/** What stands behind a {@link WireServer}. Called by many threads at once. */
@FunctionalInterface
public interface WireApp {
    Job receive(Request request);
}
