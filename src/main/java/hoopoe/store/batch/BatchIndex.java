package hoopoe.store.batch;

import hoopoe.message.SortableTime;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A caller's batches by creation time, from the {@code list} index: hints, so act on what {@link BatchRepository#find} says.
 */
@ApplicationScoped
public class BatchIndex {

    private static final String INDEX = "list";
    private static final Pattern PLACE = Pattern.compile(
            "20\\d\\d-(0[1-9]|1[0-2])-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z#bat_[0-9A-Z]{26}");

    private final Table table;

    public BatchIndex(Table table) {
        this.table = table;
    }

    /**
     * The places of a month's batches, newest first.
     *
     * @param before only places that sort before this one; empty for the end of the month
     */
    public List<Place> of(String caller, YearMonth month, String before, int limit) {
        var values = Map.of(
                ":list", AttributeValue.fromS(Keys.list(caller, month.toString())),
                ":before", AttributeValue.fromS(before.isEmpty() ? "~" : before));
        return table
                .query(query -> query.indexName(INDEX)
                        .keyConditionExpression("#list = :list AND #at < :before")
                        .expressionAttributeNames(Map.of("#list", Attributes.LIST, "#at", Attributes.LIST_AT))
                        .expressionAttributeValues(values)
                        .scanIndexForward(false)
                        .limit(limit))
                .items()
                .stream()
                .map(item -> new Place(item.text(Attributes.LIST_AT)))
                .toList();
    }

    /**
     * A batch's place in the list: {@code <created>#<id>}.
     *
     * @param at sorts as text
     */
    public record Place(String at) {

        public String batch() {
            return at.substring(at.indexOf('#') + 1);
        }
    }

    /** Whether this can be {@link Place#at}. */
    public static boolean isPlace(String text) {
        return PLACE.matcher(text).matches();
    }

    public static String placeOf(Instant created, String batch) {
        return placeOf(created) + '#' + batch;
    }

    /** Sorts behind the places of all earlier batches, and before those of later ones. */
    public static String placeOf(Instant instant) {
        return SortableTime.of(instant);
    }
}
