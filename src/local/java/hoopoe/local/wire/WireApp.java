package hoopoe.local.wire;

/** The application behind a {@link WireServer}. Called by many threads at once. */
@FunctionalInterface
public interface WireApp {
    Job receive(Request request);
}
