package hoopoe.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** What is known of the messages of each dispatch. */
@ApplicationScoped
public class Reports {

    private static final String VERSION = "version";

    private final Table table;

    public Reports(Table table) {
        this.table = table;
    }

    /** As it is now: strongly consistent. */
    public Report of(DispatchId dispatch) {
        return table.get(Keys.report(dispatch.batch(), dispatch.n()))
                .map(item -> ReportRows.unpack(item.number(VERSION), item.bytes(Packed.ATTRIBUTE)))
                .orElse(Report.NONE);
    }

    /**
     * Writes a report over the version that it was made from.
     *
     * @return false where that is not what stands any more: join again with {@link #of}
     */
    public boolean write(DispatchId dispatch, Report report, Instant expires) {
        return table.apply(
                        put(dispatch, report, expires).attempt(UUID.randomUUID().toString()))
                .done();
    }

    /** Over the version that the report was made from. */
    static Write put(DispatchId dispatch, Report report, Instant expires) {
        var item = Item.of(Keys.report(dispatch.batch(), dispatch.n()))
                .with(BatchItem.KIND, "REPORT")
                .with(VERSION, report.version() + 1)
                .with(Packed.ATTRIBUTE, ReportRows.pack(report))
                .with(BatchItem.EXPIRES_AT, expires.getEpochSecond());
        return report.version() == 0 ? Write.putNew(item) : Write.put(item).when("{version} = ?", report.version());
    }
}
