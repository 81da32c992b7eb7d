package hoopoe.local.wire;

/** One header line as it arrived; the name in the sender's own spelling. */
public record Header(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
