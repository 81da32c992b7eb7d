package hoopoe.store.inbox;

import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The days that have replies, so that a search skips the empty ones. A day is noted before its first reply is stored. */
@ApplicationScoped
public class ReplyDays {

    private static final String DAYS = "days";

    private final Table table;
    private final Duration kept;

    /** Saves the write for all but the first reply of a day that this process sees. */
    private final Set<LocalDate> noted = ConcurrentHashMap.newKeySet();

    public ReplyDays(Table table) {
        this.table = table;
        this.kept = ReplyRepository.KEPT.plusDays(31);
    }

    /** @throws ContentionException where conflicts with other writers outlast the retries */
    void note(LocalDate day) {
        if (noted.contains(day)) {
            return;
        }
        var month = YearMonth.from(day);
        var expires = month.atEndOfMonth()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plus(kept);
        var write = Write.update(Keys.inboundDays(month))
                .add(DAYS, Set.of(day.getDayOfMonth()))
                .set(Attributes.EXPIRES_AT, expires.getEpochSecond());
        ConflictRetry.apply(table, write, "days of replies");
        noted.add(day);
    }

    /** Newest first, both ends included. */
    List<LocalDate> between(LocalDate first, LocalDate last) {
        return Stream.iterate(YearMonth.from(last), month -> month.minusMonths(1))
                .takeWhile(month -> !month.isBefore(YearMonth.from(first)))
                .flatMap(this::of)
                .filter(day -> !day.isBefore(first) && !day.isAfter(last))
                .toList();
    }

    private Stream<LocalDate> of(YearMonth month) {
        return table.get(Keys.inboundDays(month)).stream()
                .flatMap(item -> item.numbers(DAYS).stream())
                .sorted(Comparator.reverseOrder())
                .map(month::atDay);
    }
}
