package hoopoe.prove;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** What DynamoDB says of attribute values: their order, their size, when two are equal, and which are refused. */
final class AttributeValues {

    private static final int PRECISION = 38;
    private static final int NESTED = 3;

    private AttributeValues() {}

    /** As a number is stored: without what changes nothing. */
    static String number(String written) {
        BigDecimal number;
        try {
            number = new BigDecimal(written).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw MemoryTable.invalid("not a number");
        }
        if (number.precision() > PRECISION) {
            throw MemoryTable.invalid("too many digits");
        }
        return number.toPlainString();
    }

    /** @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException where DynamoDB takes no such value */
    static AttributeValue checked(AttributeValue value) {
        return switch (value.type()) {
            case N -> AttributeValue.fromN(number(value.n()));
            case NS ->
                AttributeValue.fromNs(distinct(
                        value.ns().stream().map(AttributeValues::number).toList()));
            case SS -> AttributeValue.fromSs(distinct(value.ss()));
            case BS -> AttributeValue.fromBs(distinct(value.bs()));
            case L ->
                AttributeValue.fromL(
                        value.l().stream().map(AttributeValues::checked).toList());
            case M -> AttributeValue.fromM(checked(value.m()));
            case UNKNOWN_TO_SDK_VERSION -> throw MemoryTable.invalid("a value without a type");
            default -> value;
        };
    }

    static Map<String, AttributeValue> checked(Map<String, AttributeValue> values) {
        var all = new TreeMap<String, AttributeValue>();
        values.forEach((name, value) -> all.put(name, checked(value)));
        return all;
    }

    private static <T> List<T> distinct(List<T> members) {
        if (members.isEmpty() || new HashSet<>(members).size() < members.size()) {
            throw MemoryTable.invalid("a set is empty, or has a member twice");
        }
        return members;
    }

    static boolean equal(AttributeValue one, AttributeValue other) {
        if (one.type() != other.type()) {
            return false;
        }
        return switch (one.type()) {
            case SS, NS, BS -> new HashSet<>(members(one)).equals(new HashSet<>(members(other)));
            case L -> one.l().size() == other.l().size() && equalMembers(one.l(), other.l());
            case M ->
                one.m().keySet().equals(other.m().keySet())
                        && one.m().entrySet().stream()
                                .allMatch(member ->
                                        equal(member.getValue(), other.m().get(member.getKey())));
            default -> one.equals(other);
        };
    }

    private static boolean equalMembers(List<AttributeValue> some, List<AttributeValue> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!equal(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isOrdered(AttributeValue value) {
        return value.type() == Type.S || value.type() == Type.N || value.type() == Type.B;
    }

    static boolean isSet(AttributeValue value) {
        return value.type() == Type.SS || value.type() == Type.NS || value.type() == Type.BS;
    }

    /** @param other of the same type, and this type has an order */
    static int compare(AttributeValue one, AttributeValue other) {
        return switch (one.type()) {
            case S -> compare(one.s(), other.s());
            case N -> new BigDecimal(one.n()).compareTo(new BigDecimal(other.n()));
            case B ->
                Arrays.compareUnsigned(one.b().asByteArrayUnsafe(), other.b().asByteArrayUnsafe());
            default -> throw new IllegalArgumentException("no order: " + one.type());
        };
    }

    /** By the bytes of UTF-8, which is by code points: half a character is greater than any whole one. */
    static int compare(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b) ? a - b : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }

    /** The members of a set. */
    static Collection<?> members(AttributeValue set) {
        return switch (set.type()) {
            case SS -> set.ss();
            case NS -> set.ns();
            default -> set.bs();
        };
    }

    /** A set of the same type as {@code like}. */
    @SuppressWarnings("unchecked")
    static AttributeValue set(AttributeValue like, Collection<?> members) {
        return switch (like.type()) {
            case SS -> AttributeValue.fromSs(List.copyOf((Collection<String>) members));
            case NS -> AttributeValue.fromNs(List.copyOf((Collection<String>) members));
            default -> AttributeValue.fromBs(List.copyOf((Collection<SdkBytes>) members));
        };
    }

    /** In bytes, of names and values. */
    static int size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(member -> bytes(member.getKey()) + size(member.getValue()))
                .sum();
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> bytes(value.s());
            case B -> value.b().asByteArrayUnsafe().length;
            case N -> numberSize(value.n());
            case SS -> value.ss().stream().mapToInt(AttributeValues::bytes).sum();
            case NS -> value.ns().stream().mapToInt(AttributeValues::numberSize).sum();
            case BS ->
                value.bs().stream()
                        .mapToInt(member -> member.asByteArrayUnsafe().length)
                        .sum();
            case L ->
                NESTED + value.l().stream().mapToInt(member -> size(member) + 1).sum();
            case M -> NESTED + size(value.m()) + value.m().size();
            default -> 1;
        };
    }

    private static int numberSize(String number) {
        return number.replaceAll("[-.]", "").length() / 2 + 2;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** For messages and stories: an item in the order of its names. */
    static String text(Map<String, AttributeValue> item) {
        return new TreeMap<>(item)
                .entrySet().stream()
                        .map(member -> member.getKey() + '=' + text(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> number(value.n());
            case B ->
                value.b().asByteArrayUnsafe().length + " bytes:"
                        + Arrays.hashCode(value.b().asByteArrayUnsafe());
            case BOOL -> value.bool().toString();
            case NS ->
                value.ns().stream()
                        .map(AttributeValues::number)
                        .sorted()
                        .toList()
                        .toString();
            case SS, BS ->
                members(value).stream().map(Object::toString).sorted().toList().toString();
            case L -> value.l().stream().map(AttributeValues::text).toList().toString();
            case M -> text(value.m());
            default -> "null";
        };
    }
}
