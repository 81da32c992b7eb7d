package hoopoe.provider.smspanel;

import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code 12345.5}, {@code 12,345.5}, {@code ۱۲٬۳۴۵٫۵}: what {@code GetCredit} returns, in a struct or alone (providers.md C3.2). */
final class SmspanelCredit {

    private static final Pattern SEPARATORS = Pattern.compile("(?<=\\d)[,\u066C'\\s](?=\\d{3}(?!\\d))");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,6})?");

    private SmspanelCredit() {}

    /** Empty where it is none. */
    static Optional<BigDecimal> read(RpcValue value) {
        var written = value instanceof Entries entries
                ? entries.get(SmspanelError.RESULT).flatMap(RpcValue::asText)
                : value.asText();
        return written.map(PersianDigits::ascii)
                .map(text -> SEPARATORS.matcher(text).replaceAll("").replace('\u066B', '.'))
                .filter(text -> DECIMAL.matcher(text).matches())
                .map(BigDecimal::new);
    }
}
