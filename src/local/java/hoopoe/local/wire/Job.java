package hoopoe.local.wire;

/** One parsed request: its operation, and the code that does it. */
public interface Job {

    /** The name under which the log counts it; empty for requests that the log leaves out. */
    String operation();

    /** Does the work; called once. */
    Answer answer();
}
