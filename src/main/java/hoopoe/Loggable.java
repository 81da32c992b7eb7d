package hoopoe;

import hoopoe.observability.SafeStackTrace;

/** An exception whose message is ours and holds no number, text or secret: {@link SafeStackTrace} repeats it. */
public interface Loggable {

    String getMessage();
}
