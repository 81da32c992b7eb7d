package hoopoe.dispatch.send;

/** What came of the wish to send a dispatch. */
public enum DispatchOutcome {
    /** Nothing to be done, or somebody else does it. */
    NOTHING,
    /** It is through, one way or another. */
    DONE,
    /** The session was dead: a new claim may follow at once. */
    AGAIN,
    /** The account cannot send now, and trying its other dispatches would only take time. */
    AWAY
}
