package hoopoe.config;

import hoopoe.Loggable;
import org.jspecify.annotations.Nullable;

/** A setting that cannot be used. The message says where and why, and repeats nothing that could be a secret. */
public final class Misconfiguration extends IllegalStateException implements Loggable {

    private static final long serialVersionUID = 1;

    public Misconfiguration(String message) {
        this(message, null);
    }

    public Misconfiguration(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
