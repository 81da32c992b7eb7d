package hoopoe.store.table;

import hoopoe.message.SortableTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The typed attributes of an item: text, whole numbers, decimals, instants, flags, bytes, sets of numbers or of texts. */
public final class Item {

    private final Map<String, AttributeValue> attributes;

    Item(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    public static Item of(Key key) {
        return new Item(new LinkedHashMap<>(key.attributes()));
    }

    public Map<String, AttributeValue> attributes() {
        return attributes;
    }

    public Key key() {
        return new Key(text(Key.PK), text(Key.SK));
    }

    /** Leaves the attribute out where the value is null, an empty set or an empty map. */
    public Item with(String name, @Nullable Object value) {
        var attribute = attribute(value);
        if (attribute != null) {
            attributes.put(name, attribute);
        }
        return this;
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** @throws IllegalStateException where it is missing: the item is damaged, which is never a caller's mistake */
    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("item without " + name));
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    public @Nullable String textOrNull(String name) {
        return find(name).orElse(null);
    }

    public int number(String name) {
        return (int) longNumber(name);
    }

    /** 0 where it is missing. */
    public long longNumber(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }

    public @Nullable BigDecimal decimal(String name) {
        return find(name).map(BigDecimal::new).orElse(null);
    }

    /** A number that decimals were added to; null where it is missing. */
    public @Nullable BigDecimal sum(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(AttributeValue::n)
                .map(BigDecimal::new)
                .orElse(null);
    }

    public boolean flag(String name) {
        return attributes.containsKey(name)
                && Boolean.TRUE.equals(attributes.get(name).bool());
    }

    public @Nullable Instant instant(String name) {
        return find(name).map(Instant::parse).orElse(null);
    }

    /** @throws IllegalStateException where it is missing: the item is damaged */
    public Instant requiredInstant(String name) {
        return Instant.parse(text(name));
    }

    public @Nullable Duration duration(String name) {
        return has(name) ? Duration.ofSeconds(longNumber(name)) : null;
    }

    public Set<Integer> numbers(String name) {
        var attribute = attributes.get(name);
        return attribute == null
                ? Set.of()
                : attribute.ns().stream().map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    public Set<String> texts(String name) {
        return has(name) ? Set.copyOf(attributes.get(name).ss()) : Set.of();
    }

    /** A map of whole numbers; empty where it is missing. */
    public Map<String, Integer> counts(String name) {
        var counts = new LinkedHashMap<String, Integer>();
        if (has(name)) {
            attributes.get(name).m().forEach((key, value) -> counts.put(key, Integer.valueOf(value.n())));
        }
        return counts;
    }

    public byte[] bytes(String name) {
        return attributes.get(name).b().asByteArray();
    }

    /** Decimals are kept as text because their scale is the provider's, instants as sortable text, durations in seconds. */
    static @Nullable AttributeValue attribute(@Nullable Object value) {
        if (value == null
                || value instanceof Set<?> set && set.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()) {
            return null;
        } else if (value instanceof String text) {
            return AttributeValue.fromS(text);
        } else if (value instanceof Integer || value instanceof Long) {
            return AttributeValue.fromN(value.toString());
        } else if (value instanceof Boolean flag) {
            return AttributeValue.fromBool(flag);
        } else if (value instanceof Instant instant) {
            return AttributeValue.fromS(SortableTime.of(instant));
        } else if (value instanceof Duration duration) {
            return AttributeValue.fromN(Long.toString(duration.toSeconds()));
        } else if (value instanceof BigDecimal decimal) {
            return AttributeValue.fromS(decimal.toPlainString());
        } else if (value instanceof byte[] bytes) {
            return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
        } else if (value instanceof Set<?> texts && texts.iterator().next() instanceof String) {
            return AttributeValue.fromSs(texts.stream().map(Object::toString).toList());
        } else if (value instanceof Set<?> numbers) {
            return AttributeValue.fromNs(numbers.stream().map(Object::toString).toList());
        } else if (value instanceof Map<?, ?> map) {
            return AttributeValue.fromM(map.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().toString(), entry -> attributeOrFail(entry.getValue()))));
        }
        throw new IllegalArgumentException("no attribute for " + value.getClass());
    }

    private static AttributeValue attributeOrFail(Object value) {
        var attribute = attribute(value);
        if (attribute == null) {
            throw new IllegalArgumentException("an empty value inside a map");
        }
        return attribute;
    }
}
