package hoopoe.store.delivery;

import hoopoe.delivery.CallbackEvent;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.PhoneNumber;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.dispatch.DispatchItem;
import hoopoe.store.table.Item;
import hoopoe.store.table.Key;
import hoopoe.store.table.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds unresolved items: dispatches that may have been sent, and references that match no dispatch. The {@code list} index
 * gives hints; each item is then read strongly.
 */
@ApplicationScoped
public class UnresolvedDispatches {

    private static final String INDEX = "list";

    private final Table table;

    public UnresolvedDispatches(Table table) {
        this.table = table;
    }

    /**
     * A reference that callbacks named and no dispatch owns.
     *
     * @param written as the provider wrote it
     * @param numbers that its callbacks are about
     * @param first when the first callback came
     * @param last when the last callback came
     * @param told the earliest time of the provider in them; null where they have none
     */
    public record Orphan(
            String written,
            Set<PhoneNumber> numbers,
            Instant first,
            Instant last,
            @Nullable Instant told) {

        @Override
        public String toString() {
            return "Orphan[" + written + ", " + numbers.size() + " numbers]";
        }
    }

    /**
     * The orphans of an account on a day (UTC).
     *
     * @return empty where more callbacks than {@code most} would have to be read
     */
    public Optional<List<Orphan>> orphans(String account, LocalDate day, int most) {
        return listed(Keys.orphans(account, day), most).map(keys -> keys.stream()
                .map(Key::pk)
                .distinct()
                .flatMap(this::orphan)
                .toList());
    }

    /**
     * The dispatches of all accounts that became unconfirmed on a day (UTC), and still are.
     *
     * @return empty where more than {@code most} would have to be read
     */
    public Optional<List<Dispatch>> unconfirmed(LocalDate day, int most) {
        return listed(Keys.unconfirmed(day), most).map(keys -> keys.stream()
                .map(table::get)
                .flatMap(Optional::stream)
                .map(DispatchItem::read)
                .filter(dispatch -> dispatch.state() == DispatchState.UNCONFIRMED)
                .toList());
    }

    private Optional<List<Key>> listed(String list, int most) {
        var itemPage = table.query(query -> query.indexName(INDEX)
                .keyConditionExpression("#list = :list")
                .expressionAttributeNames(Map.of("#list", Attributes.LIST))
                .expressionAttributeValues(Map.of(":list", AttributeValue.fromS(list)))
                .limit(most + 1));
        return itemPage.items().size() > most
                ? Optional.empty()
                : Optional.of(itemPage.items().stream().map(Item::key).toList());
    }

    /** Empty where a dispatch owns the reference by now. */
    private Stream<Orphan> orphan(String partition) {
        var events = table.query(partition, Keys.EVENTS).stream()
                .filter(item -> item.has(CallbackEventRepository.REFERENCE))
                .toList();
        if (events.isEmpty()
                || table.get(new Key(partition, Keys.REF))
                        .filter(ReferenceRepository::isOwned)
                        .isPresent()) {
            return Stream.empty();
        }
        var times = events.stream()
                .map(item -> item.requiredInstant(CallbackEventRepository.RECEIVED))
                .sorted(Comparator.naturalOrder())
                .toList();
        var said = events.stream().map(CallbackEventRepository::event).toList();
        return Stream.of(new Orphan(
                events.get(0).text(CallbackEventRepository.REFERENCE),
                said.stream().flatMap(UnresolvedDispatches::number).collect(Collectors.toSet()),
                times.get(0),
                times.get(times.size() - 1),
                said.stream()
                        .flatMap(UnresolvedDispatches::told)
                        .min(Comparator.naturalOrder())
                        .orElse(null)));
    }

    private static Stream<PhoneNumber> number(CallbackEvent callbackEvent) {
        return Stream.ofNullable(callbackEvent.to());
    }

    private static Stream<Instant> told(CallbackEvent callbackEvent) {
        var statusFact = callbackEvent.fact();
        var reply = callbackEvent.reply();
        return Stream.of(
                        Optional.ofNullable(statusFact == null ? null : statusFact.at()),
                        Optional.ofNullable(callbackEvent.sentAt()),
                        Optional.ofNullable(reply == null ? null : reply.at()))
                .flatMap(Optional::stream);
    }
}
