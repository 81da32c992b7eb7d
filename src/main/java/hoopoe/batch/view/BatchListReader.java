package hoopoe.batch.view;

import hoopoe.batch.BatchState;
import hoopoe.provider.Deadline;
import hoopoe.store.batch.BatchIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists a caller's batches, newest first. */
@ApplicationScoped
public class BatchListReader {

    /** The longest time that a batch is stored: 366 days to its send time, 3 of validity, 3 for late reports, 90 to ask about it. */
    private static final Duration OLDEST = Duration.ofDays(366 + 3 + 3 + 90);

    /** Most batches that are read for one page, however few of them it shows. */
    private static final int MOST_READ = 200;

    /** Most dispatches that are read for one page. A settled batch of many dispatches needs none. */
    private static final int MOST_DISPATCHES = 2000;

    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private final BatchIndex pages;
    private final BatchReader reader;
    private final Clock clock;

    public BatchListReader(BatchIndex pages, BatchReader reader, Clock clock) {
        this.pages = pages;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Which batches a caller wants to see.
     *
     * @param state null for all
     * @param reference null for all
     * @param account null for all
     * @param from created at this time or later; null for no limit
     * @param until created before this time; null for no limit
     * @param after the place of the last batch that the caller has seen; empty to begin with the newest
     */
    public record Search(
            String caller,
            @Nullable BatchState state,
            @Nullable String reference,
            @Nullable String account,
            @Nullable Instant from,
            @Nullable Instant until,
            String after,
            int limit) {}

    /** @param next the place after which the next page begins; null at the end. A short page may not be the last */
    public record BatchPage(
            List<BatchView> batches, @Nullable String next) {}

    public BatchPage page(Search search, Deadline deadline) {
        var found = new ArrayList<BatchView>();
        var first = first(search);
        var before = before(search);
        int read = 0;
        int dispatches = 0;
        for (var month = month(before); !month.isBefore(month(first)); month = month.minusMonths(1)) {
            var places = pages.of(search.caller(), month, before, MOST_READ - read);
            for (var place : places) {
                if (place.at().compareTo(first) < 0) {
                    return new BatchPage(found, null);
                }
                var row = row(search, place);
                row.filter(one -> wants(search, one.batch()))
                        .map(BatchReader.BatchRow::batch)
                        .ifPresent(found::add);
                before = place.at();
                read++;
                dispatches += row.map(BatchReader.BatchRow::read).orElse(0);
                if (found.size() == search.limit()
                        || read == MOST_READ
                        || dispatches >= MOST_DISPATCHES
                        || !deadline.leaves(ENOUGH)) {
                    return new BatchPage(found, before);
                }
            }
        }
        return new BatchPage(found, null);
    }

    private Optional<BatchReader.BatchRow> row(Search search, BatchIndex.Place place) {
        return reader.find(search.caller(), place.batch())
                .filter(batch -> search.account() == null || search.account().equals(batch.account()))
                .filter(batch -> search.reference() == null
                        || search.reference().equals(batch.content().reference()))
                .map(reader::counted);
    }

    private static boolean wants(Search search, BatchView row) {
        return search.state() == null || search.state().label().equals(row.state());
    }

    private String first(Search search) {
        var oldest = clock.instant().minus(OLDEST);
        var from = search.from();
        return BatchIndex.placeOf(from == null || from.isBefore(oldest) ? oldest : from);
    }

    /** Clocks differ a little: a batch that another function created a moment ahead of this clock is listed too. */
    private String before(Search search) {
        var latest = clock.instant().plus(Duration.ofHours(1));
        var until = search.until();
        var end = BatchIndex.placeOf(until == null || until.isAfter(latest) ? latest : until);
        return search.after().isEmpty() || search.after().compareTo(end) > 0 ? end : search.after();
    }

    private static YearMonth month(String place) {
        return YearMonth.parse(place.substring(0, 7));
    }
}
