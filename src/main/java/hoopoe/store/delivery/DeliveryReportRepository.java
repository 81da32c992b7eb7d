package hoopoe.store.delivery;

import hoopoe.delivery.DeliveryReport;
import hoopoe.dispatch.DispatchId;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import hoopoe.store.table.PackedAttribute;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Stores the merged delivery report of each dispatch. */
@ApplicationScoped
public class DeliveryReportRepository {

    private static final String VERSION = "version";

    /** Of the check that wrote the report last, or took its dispatch out of the {@code due} index. */
    private static final String FENCE = "fence";

    private static final String NO_LATER_CHECK = "attribute_not_exists({fence}) OR {fence} <= ?";

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
     * Writes a check's report over the version that it was made from.
     *
     * @param fence of the check
     * @return false where another version is stored by now, or a later check has written or sealed the report
     */
    public boolean write(DispatchId dispatch, DeliveryReport deliveryReport, int fence, Instant expires) {
        var write = over(deliveryReport, item(dispatch, deliveryReport, expires).with(FENCE, fence));
        return table.apply((deliveryReport.version() == 0 ? write : write.when(NO_LATER_CHECK, fence)).attempt())
                .done();
    }

    /**
     * Keeps earlier checks from writing, before a check that wrote nothing takes its dispatch out of the {@code due} index. A
     * worker that wakes after its lease would change what is shown, and no check would follow.
     *
     * @return false where another version than {@code seen} is stored by now
     */
    public boolean seal(DispatchId dispatch, DeliveryReport seen, int fence, Instant expires) {
        return seen.version() == 0
                ? write(dispatch, DeliveryReport.NONE, fence, expires)
                : table.apply(Write.update(Keys.report(dispatch.batch(), dispatch.n()))
                                .set(FENCE, fence)
                                .when("{version} = ?", seen.version())
                                .when(NO_LATER_CHECK, fence)
                                .attempt())
                        .done();
    }

    /** A write over the version that the report was made from, in a transaction that makes the dispatch due. */
    public static Write put(DispatchId dispatch, DeliveryReport deliveryReport, Instant expires) {
        return over(deliveryReport, item(dispatch, deliveryReport, expires));
    }

    private static Item item(DispatchId dispatch, DeliveryReport deliveryReport, Instant expires) {
        return Item.of(Keys.report(dispatch.batch(), dispatch.n()))
                .with(Attributes.KIND, "REPORT")
                .with(VERSION, deliveryReport.version() + 1)
                .with(PackedAttribute.ATTRIBUTE, DeliveryReportRows.pack(deliveryReport))
                .with(Attributes.EXPIRES_AT, expires.getEpochSecond());
    }

    private static Write over(DeliveryReport deliveryReport, Item item) {
        return deliveryReport.version() == 0
                ? Write.putNew(item)
                : Write.put(item).when("{version} = ?", deliveryReport.version());
    }
}
