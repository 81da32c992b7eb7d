package hoopoe.local.wire;

/** One request understood: what it asks for, and the doing of it. */
public interface Job {

    /** The name under which the log counts it; empty for requests that the log leaves out. */
    String operation();

    /** Does the work; called once. */
    Answer answer();
}
