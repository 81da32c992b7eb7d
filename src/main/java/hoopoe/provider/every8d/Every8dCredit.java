package hoopoe.provider.every8d;

import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.xml.SoapMessage;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** {@code getCredit} (document §4.1): {@code 2310.00}; we also read {@code -230.00}, an account in debt. */
final class Every8dCredit implements Every8dQuery<BigDecimal> {

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,6})?");

    @Override
    public String operation() {
        return "getCredit";
    }

    @Override
    public SoapMessage message(SessionKey key) {
        return Every8dClient.message(operation(), key);
    }

    @Override
    public BigDecimal read(String text) throws Every8dRefusal {
        var points = text.strip();
        if (isCode(points)) {
            refuse(points);
        }
        if (!DECIMAL.matcher(points).matches()) {
            throw malformed();
        }
        return new BigDecimal(points);
    }

    /** A negative number alone is a balance, unless it is an error code. */
    private static boolean isCode(String points) {
        return !DECIMAL.matcher(points).matches()
                || Every8dError.of(points)
                        .filter(error -> error.isListed() || points.indexOf('.') < 0 && error.isOfAStatus())
                        .isPresent();
    }
}
