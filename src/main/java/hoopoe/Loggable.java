package hoopoe;

/** An exception whose message is ours and holds no number, text or secret: {@link Trace} repeats it. */
public interface Loggable {

    String getMessage();
}
