package hoopoe.store.delivery;

import hoopoe.delivery.DeliveryReport;
import hoopoe.dispatch.DispatchId;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.dispatch.DispatchItem;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Stores the merged delivery report of each dispatch. */
@ApplicationScoped
public class DeliveryReportRepository {

    private static final String VERSION = "version";

    private final Table table;

    public DeliveryReportRepository(Table table) {
        this.table = table;
    }

    /** Strongly consistent. */
    public DeliveryReport of(DispatchId dispatch) {
        return table.get(Keys.report(dispatch.batch(), dispatch.n()))
                .map(item -> DeliveryReportRows.unpack(item.number(VERSION), item.bytes(PackedAttribute.ATTRIBUTE)))
                .orElse(DeliveryReport.NONE);
    }

    /**
     * Writes a check's report over the version that it was made from, while the check holds its fence. A worker that wakes after
     * its lease would else change what is shown after another check has taken the dispatch out of the {@code due} index, or write
     * what it read of an earlier try into a dispatch that is sent again.
     *
     * @param fence of the check
     * @return false where another version is stored by now, or the check is over
     * @throws ContentionException where conflicts with other writers outlast the retries
     */
    public boolean write(DispatchId dispatch, DeliveryReport deliveryReport, int fence, Instant expires) {
        return ConflictRetry.transact(
                table,
                List.of(
                        put(dispatch, deliveryReport, expires).attempt(),
                        Write.check(Keys.dispatch(dispatch.batch(), dispatch.n()))
                                .when("{" + DispatchItem.CHECK_FENCE + "} = ?", fence)),
                "report");
    }

    /** A write over the version that the report was made from. */
    public static Write put(DispatchId dispatch, DeliveryReport deliveryReport, Instant expires) {
        var item = Item.of(Keys.report(dispatch.batch(), dispatch.n()))
                .with(Attributes.KIND, "REPORT")
                .with(VERSION, deliveryReport.version() + 1)
                .with(PackedAttribute.ATTRIBUTE, DeliveryReportRows.pack(deliveryReport))
                .with(Attributes.EXPIRES_AT, expires.getEpochSecond());
        return deliveryReport.version() == 0
                ? Write.putNew(item)
                : Write.put(item).when("{version} = ?", deliveryReport.version());
    }
}
