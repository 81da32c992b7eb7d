package hoopoe.store;

import hoopoe.batch.Batch;
import hoopoe.dispatch.DispatchId;
import hoopoe.inbox.Reply;
import hoopoe.message.NumberTags;
import hoopoe.message.ReplyId;
import hoopoe.message.SortableTime;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where messages to a number, and replies from it, lie in the {@code list} index: hints, so act on what the items say. Items
 * without a tag lie in lists of their own.
 */
@ApplicationScoped
public class NumberIndex {

    private static final String INDEX = "list";
    private static final Pattern PLACE = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)#(?:(bat_[0-9A-Z]{26})#(\\d{5,9})|(.+))");

    private final Table table;

    public NumberIndex(Table table) {
        this.table = table;
    }

    /** Adds the recipients of a dispatch. Their list says whose they are and, of a single one, the tag of the number. */
    public static Item with(Item item, Batch batch, int dispatch, List<String> tagsOfOnlyRecipient) {
        var list = tagsOfOnlyRecipient.isEmpty()
                ? Keys.sentToMany(batch.caller())
                : Keys.sentTo(batch.caller(), tagsOfOnlyRecipient.get(0));
        return item.with(Attributes.LIST, list)
                .with(Attributes.LIST_AT, placeOf(batch.lifetime().created(), batch.id(), dispatch));
    }

    /** Adds a reply; one whose sender is not known is not found by a number. */
    public static Item with(Item item, Reply reply, NumberTags numberTags) {
        var from = reply.sms().from();
        if (from == null) {
            return item;
        }
        var tags = numberTags.of(from);
        return item.with(Attributes.LIST, tags.isEmpty() ? Keys.RECEIVED : Keys.receivedFrom(tags.get(0)))
                .with(Attributes.LIST_AT, SortableTime.of(reply.received()) + '#' + reply.id());
    }

    private static String placeOf(Instant created, String batch, int dispatch) {
        return SortableTime.of(created) + '#' + batch + String.format(Locale.ROOT, "#%05d", dispatch);
    }

    /**
     * Places of a list, newest first.
     *
     * @param list as {@link Keys} names it
     * @param from no place that sorts before this one
     * @param before only places that sort before this one
     */
    public List<NumberPlace> places(String list, String from, String before, int limit) {
        if (from.compareTo(before) >= 0) {
            return List.of();
        }
        // BETWEEN has both its ends: the lower one is not before `from`, and the upper one is left out below.
        var values = Map.of(
                ":list", AttributeValue.fromS(list),
                ":from", AttributeValue.fromS(from),
                ":before", AttributeValue.fromS(before));
        return table
                .query(query -> query.indexName(INDEX)
                        .keyConditionExpression("#list = :list AND #at BETWEEN :from AND :before")
                        .expressionAttributeNames(Map.of("#list", Attributes.LIST, "#at", Attributes.LIST_AT))
                        .expressionAttributeValues(values)
                        .scanIndexForward(false)
                        .limit(limit + 1))
                .items()
                .stream()
                .map(item -> new NumberPlace(item.text(Attributes.LIST_AT)))
                .filter(place -> place.at().compareTo(before) < 0)
                .limit(limit)
                .toList();
    }

    /**
     * Where a dispatch or a reply is in time.
     *
     * @param at {@code <created>#<batch>#<dispatch>} or {@code <received>#<reply>}; sorts as text
     */
    public record NumberPlace(String at) {

        /** Whether this can be {@link #at}. */
        public static boolean isOne(String text) {
            return PLACE.matcher(text).matches();
        }

        public boolean isReply() {
            return parts().group(4) != null;
        }

        public DispatchId dispatch() {
            var parts = parts();
            return new DispatchId(parts.group(2), Integer.parseInt(parts.group(3)));
        }

        public ReplyId reply() {
            return ReplyId.read(parts().group(4));
        }

        public Instant time() {
            return Instant.parse(parts().group(1));
        }

        private Matcher parts() {
            var parts = PLACE.matcher(at);
            if (!parts.matches()) {
                throw new IllegalStateException("a damaged place");
            }
            return parts;
        }
    }
}
