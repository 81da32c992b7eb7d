package hoopoe.store.delivery;

import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Keeps callbacks that could not be read, for operators: each once a day, however often it comes. */
@ApplicationScoped
public class CallbackQuarantine {

    private static final Duration KEPT = Duration.ofDays(30);

    private static final String RAW = "raw";
    private static final String ERASED = "(erased)";

    private final Table table;
    private final Clock clock;

    public CallbackQuarantine(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Takes out what may be about a person, of what came up to a day.
     *
     * @param digits that a number has however it is written
     * @return how many callbacks it was
     */
    public int erase(String account, LocalDate last, String digits) {
        int erased = 0;
        for (var day = last.minusDays(KEPT.toDays() + 1); !day.isAfter(last); day = day.plusDays(1)) {
            for (var item : table.query(Keys.quarantine(account, day))) {
                if (item.text(RAW).contains(digits)) {
                    var write = Write.update(item.key()).set(RAW, ERASED).when("attribute_exists({pk})");
                    erased += ConflictRetry.apply(table, write, "quarantine") ? 1 : 0;
                }
            }
        }
        return erased;
    }

    /** @param raw the callback as it came, or its beginning */
    public void keep(String account, String reason, String raw) {
        var now = clock.instant();
        table.apply(Write.putNew(Item.of(Keys.quarantine(account, LocalDate.ofInstant(now, ZoneOffset.UTC), raw))
                .with(Attributes.KIND, "QUARANTINE")
                .with("received", now)
                .with("reason", reason)
                .with(RAW, raw)
                .with(Attributes.EXPIRES_AT, now.plus(KEPT).getEpochSecond())));
    }
}
