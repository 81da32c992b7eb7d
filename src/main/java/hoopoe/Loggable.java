package hoopoe;

import hoopoe.observability.SafeStackTrace;

/** An exception whose message is ours and contains no number, text or secret, so {@link SafeStackTrace} repeats it. */
public interface Loggable {

    String getMessage();
}
