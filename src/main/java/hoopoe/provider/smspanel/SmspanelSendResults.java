package hoopoe.provider.smspanel;

import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.SendOutcome.RecipientResult;
import hoopoe.provider.xml.RpcValue;
import hoopoe.provider.xml.RpcValue.Entries;
import hoopoe.provider.xml.RpcValue.Items;
import hoopoe.provider.xml.RpcValue.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Assigns the results in an answer to recipients (decision 8): ids by position, number or index, or an {@code ErrCode}
 * and a result each. A result that cannot be assigned with certainty is assigned to no recipient.
 */
final class SmspanelSendResults {

    /** PHP's text for an array that is converted to a string. */
    private static final String LOST = "Array";

    private static final Pattern ID = Pattern.compile("[\\p{Alnum}._:-]{1,64}");
    private static final Pattern INDEX = Pattern.compile("\\d{1,4}");
    private static final RpcValue NOTHING = new RpcValue.Nothing();

    private final List<PhoneNumber> to;
    private final boolean taken;

    /**
     * @param to in sending order
     * @param taken whether the answer says that the whole call succeeded
     */
    SmspanelSendResults(List<PhoneNumber> to, boolean taken) {
        this.to = to;
        this.taken = taken;
    }

    /** One result per recipient. */
    List<RecipientResult> of(RpcValue written) {
        var results = each(written).stream().map(this::result).toList();
        var ids = results.stream()
                .map(RecipientResult::id)
                .filter(Objects::nonNull)
                .toList();
        return results.stream()
                .map(result -> Collections.frequency(ids, result.id()) > 1 ? withoutId(result) : result)
                .toList();
    }

    /** An id that several messages share is dropped: the report of one would be shown for the others. */
    private static RecipientResult withoutId(RecipientResult result) {
        return new RecipientResult(result.state(), null, result.code(), result.text());
    }

    private List<RpcValue> each(RpcValue written) {
        if (written instanceof Items items && items.items().size() == to.size()) {
            return items.items();
        }
        var isOfTheOnlyOne = to.size() == 1
                && (written instanceof Text || SmspanelError.code(written).isPresent());
        if (isOfTheOnlyOne) {
            return List.of(written);
        }
        return written instanceof Entries entries ? each(entries.entries()) : unknown();
    }

    /** Assigns by number, else by index. */
    private List<RpcValue> each(Map<String, RpcValue> entries) {
        var byNumber = new HashMap<PhoneNumber, RpcValue>();
        entries.forEach((key, value) -> SmspanelNumbers.read(key).ifPresent(number -> byNumber.put(number, value)));
        if (byNumber.size() == entries.size()) {
            return to.stream()
                    .map(number -> byNumber.getOrDefault(number, NOTHING))
                    .toList();
        }
        if (entries.size() != to.size()) {
            return unknown();
        }
        var byIndex = new ArrayList<>(unknown());
        for (var entry : entries.entrySet()) {
            var index = INDEX.matcher(entry.getKey()).matches() ? Integer.parseInt(entry.getKey()) : to.size();
            if (index >= to.size()) {
                return unknown();
            }
            byIndex.set(index, entry.getValue());
        }
        return byIndex;
    }

    private List<RpcValue> unknown() {
        return to.stream().map(number -> NOTHING).toList();
    }

    private RecipientResult result(RpcValue one) {
        var code = SmspanelError.code(one);
        if (code.isPresent() && !code.get().equals("0")) {
            return refused(SmspanelError.of(code.get(), one));
        }
        if (one instanceof Entries entries && code.isPresent()) {
            return submitted(entries.get(SmspanelError.RESULT).flatMap(SmspanelSendResults::id));
        }
        var id = id(one);
        return taken || id.isPresent()
                ? submitted(id)
                : new RecipientResult(MessageState.UNCONFIRMED, null, "malformed", "");
    }

    private static RecipientResult submitted(Optional<String> id) {
        return new RecipientResult(MessageState.SUBMITTED, id.orElse(null), "", "");
    }

    private static RecipientResult refused(SmspanelError error) {
        return new RecipientResult(
                error.isRefusal() ? MessageState.REJECTED : MessageState.UNCONFIRMED, null, error.code(), error.text());
    }

    static boolean isId(RpcValue value) {
        return id(value).isPresent();
    }

    private static Optional<String> id(RpcValue value) {
        return value.asText()
                .filter(text -> ID.matcher(text).matches())
                .filter(text -> !text.equals(LOST) && !text.equals("0"));
    }
}
