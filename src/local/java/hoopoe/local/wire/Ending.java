package hoopoe.local.wire;

/** How a connection ends after the bytes that were to leave. */
public enum Ending {
    /** In order: the other side reads to the end. */
    CLOSE,
    /** By a TCP reset: bytes that the other side has not read yet may be lost. */
    RESET,
    /** Not at all: silence, until the other side gives up. */
    SILENCE
}
