package hoopoe.store.delivery;

import hoopoe.store.Attributes;
import hoopoe.store.Keys;
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

    private final Table table;
    private final Clock clock;

    public CallbackQuarantine(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** @param raw the callback as it came, or its beginning */
    public void keep(String account, String reason, String raw) {
        var now = clock.instant();
        table.apply(Write.putNew(Item.of(Keys.quarantine(account, LocalDate.ofInstant(now, ZoneOffset.UTC), raw))
                .with(Attributes.KIND, "QUARANTINE")
                .with("received", now)
                .with("reason", reason)
                .with("raw", raw)
                .with(Attributes.EXPIRES_AT, now.plus(KEPT).getEpochSecond())));
    }
}
