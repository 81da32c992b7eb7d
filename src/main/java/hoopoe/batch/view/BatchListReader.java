package hoopoe.batch.view;

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

/** A caller's batches, newest first. */
@ApplicationScoped
public class BatchListReader {

    /** The longest that a batch can be there: it is kept for 90 days after its last time to send, which can be far off. */
    private static final Duration OLDEST = Duration.ofDays(400);

    /** How many batches are looked at for one page, however few of them it shows. */
    private static final int MOST_READ = 200;

    /** How many dispatches of them are read: of those that are settled none, where they are many. */
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
     * Which batches somebody wants to see.
     *
     * @param state null for all
     * @param account null for all
     * @param from made at that moment or later; null for no such limit
     * @param until made before that moment; null for no such limit
     * @param after the place of the last that was seen already; empty from the newest on
     */
    public record Search(
            String caller,
            @Nullable BatchState state,
            @Nullable String account,
            @Nullable Instant from,
            @Nullable Instant until,
            String after,
            int limit) {}

    /** @param next the place after which the next page goes on; null at the end. A page may be short, and not the last */
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

    /** Clocks differ a little: what another function made a moment from now is there as well. */
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
