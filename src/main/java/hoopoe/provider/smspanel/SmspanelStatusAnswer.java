package hoopoe.provider.smspanel;

import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import hoopoe.provider.xml.RpcValue.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses the result of {@code GetStatus}: codes in the order of the query, or by id; the document shows neither. A code that
 * cannot be assigned to an id with certainty is ignored.
 */
final class SmspanelStatusAnswer {

    private static final List<String> IDS = List.of("id", "unique_id", "uid");
    private static final List<String> STATUSES = List.of("status", "statusId");

    private static final Pattern CODE = Pattern.compile("-?\\d{1,9}");

    private final List<String> ids;
    private final Map<String, String> codes = new HashMap<>();

    private SmspanelStatusAnswer(List<String> ids) {
        this.ids = ids;
    }

    /**
     * Codes by id; none for an id that the answer does not mention.
     *
     * @param ids as they were polled
     * @param value with {@code ErrCode} 0
     * @return empty where nothing in the value could be a status
     */
    static Optional<Map<String, String>> read(RpcValue value, List<String> ids) {
        var result = value instanceof Entries entries
                ? entries.get(SmspanelError.RESULT).map(RpcValue::structured)
                : Optional.<RpcValue>empty();
        var answer = new SmspanelStatusAnswer(ids);
        return result.filter(answer::isRead).map(read -> answer.codes);
    }

    private boolean isRead(RpcValue result) {
        if (result instanceof Items items) {
            list(items.items());
            return true;
        }
        if (result instanceof Entries entries) {
            dictionary(entries);
            return true;
        }
        var isOne = ids.size() == 1 && result instanceof Text && code(result).isPresent();
        if (isOne) {
            put(ids.get(0), result);
        }
        return isOne || result.isEmpty();
    }

    private void list(List<RpcValue> items) {
        var named = items.stream().flatMap(item -> id(item).stream()).toList();
        if (named.size() == items.size()) {
            for (int i = 0; i < items.size(); i++) {
                put(named.get(i), items.get(i));
            }
        } else if (named.isEmpty() && items.size() == ids.size()) {
            for (int i = 0; i < items.size(); i++) {
                put(ids.get(i), items.get(i));
            }
        }
    }

    /** Structs by id, or one struct with its id. */
    private void dictionary(Entries entries) {
        var id = id(entries);
        if (id.isPresent()) {
            put(id.get(), entries);
        } else {
            entries.entries().forEach((key, value) -> put(key.strip(), value));
        }
    }

    private void put(String id, RpcValue value) {
        if (ids.contains(id)) {
            code(value).ifPresent(code -> codes.put(id, code));
        }
    }

    private static Optional<String> id(RpcValue value) {
        return value instanceof Entries entries ? first(entries, IDS) : Optional.empty();
    }

    private static Optional<String> code(RpcValue value) {
        if (!(value instanceof Entries entries)) {
            return value.asText().map(PersianDigits::ascii).filter(text -> CODE.matcher(text)
                    .matches());
        }
        var status = status(entries);
        var isDone = SmspanelError.code(entries).filter("0"::equals).isPresent();
        return status.isPresent() || !isDone
                ? status
                : entries.get(SmspanelError.RESULT).flatMap(RpcValue::asText).map(PersianDigits::ascii);
    }

    /** One field may be the code and the other its words. */
    private static Optional<String> status(Entries entries) {
        return STATUSES.stream()
                .flatMap(name -> first(entries, List.of(name)).stream())
                .filter(text -> CODE.matcher(text).matches())
                .findFirst()
                .or(() -> first(entries, STATUSES));
    }

    private static Optional<String> first(Entries entries, List<String> names) {
        return names.stream()
                .flatMap(name -> entries.get(name).stream())
                .flatMap(value ->
                        value.asText().map(PersianDigits::ascii).map(Stream::of).orElseGet(Stream::empty))
                .findFirst();
    }
}
