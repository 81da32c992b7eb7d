package hoopoe.provider.every8d;

import hoopoe.provider.soap.SoapMessage;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** {@code getCredit}: {@code 2310.00} (providers.md C1.9). */
final class CreditQuestion implements Question<BigDecimal> {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,15}(?:\\.\\d{1,6})?");

    @Override
    public String operation() {
        return "getCredit";
    }

    @Override
    public SoapMessage message(SessionKey key) {
        return Every8dCalls.message(operation(), key);
    }

    @Override
    public BigDecimal read(String text) throws Every8dRefusal {
        var points = text.strip();
        refuse(points);
        if (!DECIMAL.matcher(points).matches()) {
            throw malformed();
        }
        return new BigDecimal(points);
    }
}
