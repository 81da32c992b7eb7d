package hoopoe.local.every8d;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number that the service would send to.
 *
 * @param number {@code +886912345678}, or a foreign one with its plus
 * @param local written without the country's prefix
 */
record Mobile(String number, boolean taiwan, boolean local) {
    private static final Pattern DOMESTIC = Pattern.compile("(?:(\\+?886)0?|0)(9\\d{8})");
    private static final Pattern FOREIGN = Pattern.compile("\\+(?!886)[1-9]\\d{7,14}");
    private static final int LONGEST = 20;

    static Optional<Mobile> parse(String written) {
        String stripped = written.strip();
        Matcher domestic = DOMESTIC.matcher(stripped);
        if (domestic.matches()) {
            return Optional.of(new Mobile("+886" + domestic.group(2), true, domestic.group(1) == null));
        }
        boolean foreign =
                stripped.length() <= LONGEST && FOREIGN.matcher(stripped).matches();
        return foreign ? Optional.of(new Mobile(stripped, false, false)) : Optional.empty();
    }
}
