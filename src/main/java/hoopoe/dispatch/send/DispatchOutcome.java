package hoopoe.dispatch.send;

/** The outcome of a try to send a dispatch. */
public enum DispatchOutcome {
    /** There was nothing to do, or another worker does it. */
    NOTHING,
    /** The try is over, whatever its result. */
    DONE,
    /** The session was dead: the dispatch may be claimed again at once. */
    AGAIN,
    /** The account cannot send now; trying its other dispatches would only take time. */
    AWAY
}
