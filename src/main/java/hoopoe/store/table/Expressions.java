package hoopoe.store.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The update and condition expressions of one write, with placeholders for names and values. */
final class Expressions {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}|\\?");

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();
    private final List<String> deletes = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();

    void set(String attribute, AttributeValue to) {
        sets.add(name(attribute) + " = " + value(to));
    }

    void add(String attribute, AttributeValue what) {
        adds.add(name(attribute) + ' ' + value(what));
    }

    void delete(String attribute, AttributeValue what) {
        deletes.add(name(attribute) + ' ' + value(what));
    }

    void remove(String attribute) {
        removes.add(name(attribute));
    }

    /** @param condition with attributes in braces, and a question mark for each argument */
    void when(String condition, Object... arguments) {
        var next = new int[1];
        conditions.add('('
                + PLACE.matcher(condition)
                        .replaceAll(found -> found.group(1) != null
                                ? name(found.group(1))
                                : value(Item.attribute(arguments[next[0]++])))
                + ')');
    }

    /** The members of a request that are not empty. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("UpdateExpression", update());
        members.put("ConditionExpression", String.join(" AND ", conditions));
        members.put(
                "ExpressionAttributeNames",
                names.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)));
        members.put("ExpressionAttributeValues", values);
        members.values().removeIf(member -> member.equals("") || member.equals(Map.of()));
        return members;
    }

    private String update() {
        var parts = new ArrayList<String>();
        if (!sets.isEmpty()) {
            parts.add("SET " + String.join(", ", sets));
        }
        if (!adds.isEmpty()) {
            parts.add("ADD " + String.join(", ", adds));
        }
        if (!deletes.isEmpty()) {
            parts.add("DELETE " + String.join(", ", deletes));
        }
        if (!removes.isEmpty()) {
            parts.add("REMOVE " + String.join(", ", removes));
        }
        return String.join(" ", parts);
    }

    private String name(String attribute) {
        return names.computeIfAbsent(attribute, name -> "#n" + names.size());
    }

    private String value(@Nullable AttributeValue attribute) {
        if (attribute == null) {
            throw new IllegalArgumentException("an empty value in a condition");
        }
        var name = ":v" + values.size();
        values.put(name, attribute);
        return name;
    }
}
