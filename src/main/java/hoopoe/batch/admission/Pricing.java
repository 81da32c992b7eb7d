package hoopoe.batch.admission;

import hoopoe.message.PhoneNumber;
import hoopoe.message.Segments;
import hoopoe.provider.Account;
import hoopoe.provider.Estimate;
import hoopoe.provider.SmsProvider;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up segments and points by class of recipient. */
final class Pricing {

    private final SmsProvider provider;
    private final Account account;
    private final boolean binary;
    private final Map<String, Summary.OfClass> classes = new TreeMap<>();
    private String lastText = "";
    private int lastParts;

    /** @param binary whether texts are hexadecimal digits */
    Pricing(SmsProvider provider, Account account, boolean binary) {
        this.binary = binary;
        this.provider = provider;
        this.account = account;
    }

    void add(PhoneNumber to, String text) {
        var estimate = provider.estimate(account, to, text);
        classes.merge(estimate.recipientClass(), one(estimate, parts(text)), Pricing::sum);
    }

    Summary summary() {
        var all = classes.values().stream()
                .reduce(Pricing::sum)
                .orElseGet(() -> new Summary.OfClass("", 0, 0, BigDecimal.ZERO, BigDecimal.ZERO));
        return new Summary(
                all.segments(), all.low(), all.high(), classes.values().stream().toList());
    }

    /** Most batches have one text. */
    private int parts(String text) {
        if (!text.equals(lastText)) {
            lastText = text;
            lastParts = binary
                    ? Segments.ofBytes(text.length() / 2)
                    : Segments.of(text).parts();
        }
        return lastParts;
    }

    private static Summary.OfClass one(Estimate estimate, int parts) {
        return new Summary.OfClass(estimate.recipientClass(), 1, parts, estimate.low(), estimate.high());
    }

    private static Summary.OfClass sum(Summary.OfClass a, Summary.OfClass b) {
        return new Summary.OfClass(
                a.name(),
                a.recipients() + b.recipients(),
                a.segments() + b.segments(),
                sum(a.low(), b.low()),
                sum(a.high(), b.high()));
    }

    /** Of what nobody can price there is no sum. */
    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? null : one.add(other);
    }
}
