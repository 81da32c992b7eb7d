package hoopoe.provider.smspanel;

import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses {@code GetCredit}, alone or in a struct: {@code 12345.5}, {@code 12,345.5}, {@code ۱۲٬۳۴۵٫۵}. */
final class SmspanelCredit {

    private static final Pattern SEPARATORS = Pattern.compile("(?<=\\d)[,\u066C'\\s](?=\\d{3}(?!\\d))");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,6})?");

    private SmspanelCredit() {}

    /** Empty where the value is not an amount. */
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
