package hoopoe.prove;

import static hoopoe.prove.MemoryTable.invalid;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * DynamoDB's condition and update expressions ("Expressions" in its developer guide). Each text is parsed once. Reserved words
 * are not known: no name may be one.
 */
final class Expression {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|\\d+|<>|<=|>=|[=<>(),.+\\[\\]-])");
    private static final Set<String> TYPES = Set.of("S", "SS", "N", "NS", "B", "BS", "BOOL", "NULL", "L", "M");

    private static final Map<String, Expression> CONDITIONS = new ConcurrentHashMap<>();
    private static final Map<String, Expression> UPDATES = new ConcurrentHashMap<>();

    private final List<String> tokens = new ArrayList<>();
    private final Set<String> placeholders = new HashSet<>();

    /** What must hold of names and values before an item is looked at. */
    private final List<Consumer<Scope>> checks = new ArrayList<>();

    private int next;
    private Condition condition = scope -> true;
    private final List<Action> actions = new ArrayList<>();

    /** An item, and what the placeholders stand for. */
    record Scope(Map<String, AttributeValue> item, Map<String, String> names, Map<String, AttributeValue> values) {}

    private interface Condition {
        boolean holds(Scope scope);
    }

    /** @param literal the placeholder of a value, where the operand is one */
    private record Operand(
            Function<Scope, @Nullable AttributeValue> of,
            @Nullable String literal,
            @Nullable Path path) {

        Operand(Function<Scope, @Nullable AttributeValue> of) {
            this(of, null, null);
        }

        @Nullable AttributeValue in(Scope scope) {
            return of.apply(scope);
        }
    }

    /** @param path attribute names, and {@code [n]} for places of lists */
    private record Action(String verb, Path path, @Nullable Operand operand) {}

    private record Path(List<String> steps) {

        List<String> in(Scope scope) {
            return steps.stream()
                    .map(step -> step.startsWith("#") ? named(scope, step) : step)
                    .toList();
        }

        private static String named(Scope scope, String step) {
            var name = scope.names.get(step);
            if (name == null) {
                throw invalid("no name for " + step);
            }
            return name;
        }

        @Nullable AttributeValue value(Scope scope) {
            var path = in(scope);
            var at = scope.item.get(path.get(0));
            for (int i = 1; i < path.size() && at != null; i++) {
                at = member(at, path.get(i));
            }
            return at;
        }
    }

    private Expression(String text) {
        var token = TOKEN.matcher(text);
        int end = 0;
        while (token.find() && token.start() == end) {
            tokens.add(token.group(1));
            end = token.end();
        }
        if (!text.substring(end).isBlank() || tokens.isEmpty()) {
            throw invalid("a syntax error in an expression");
        }
    }

    static Expression condition(String text) {
        return CONDITIONS.computeIfAbsent(text, one -> {
            var parsed = new Expression(one);
            parsed.condition = parsed.anyOf();
            return parsed.whole();
        });
    }

    static Expression update(String text) {
        return UPDATES.computeIfAbsent(text, one -> {
            var parsed = new Expression(one);
            parsed.clauses();
            return parsed.whole();
        });
    }

    private Expression whole() {
        if (next < tokens.size()) {
            throw invalid("a syntax error at " + tokens.get(next));
        }
        return this;
    }

    /** The names and values that occur in it. */
    Set<String> placeholders() {
        return placeholders;
    }

    /** @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException where no item could ever be asked */
    void check(Map<String, String> names, Map<String, AttributeValue> values) {
        var scope = new Scope(Map.of(), names, values);
        checks.forEach(check -> check.accept(scope));
    }

    boolean holds(Scope scope) {
        return condition.holds(scope);
    }

    // ---- conditions

    private Condition anyOf() {
        var left = allOf();
        while (takes("OR")) {
            var one = left;
            var other = allOf();
            left = scope -> one.holds(scope) || other.holds(scope);
        }
        return left;
    }

    private Condition allOf() {
        var left = negated();
        while (takes("AND")) {
            var one = left;
            var other = negated();
            left = scope -> one.holds(scope) && other.holds(scope);
        }
        return left;
    }

    private Condition negated() {
        if (takes("NOT")) {
            var inner = negated();
            return scope -> !inner.holds(scope);
        }
        if (takes("(")) {
            var inner = anyOf();
            expect(")");
            return inner;
        }
        return isCall() && !peek().equals("size") ? function() : comparison();
    }

    private boolean isCall() {
        return next + 1 < tokens.size() && tokens.get(next + 1).equals("(") && Character.isLetter(peek().charAt(0));
    }

    private Condition function() {
        var name = take();
        expect("(");
        var path = path();
        Condition made =
                switch (name) {
                    case "attribute_exists" -> scope -> path.value(scope) != null;
                    case "attribute_not_exists" -> scope -> path.value(scope) == null;
                    case "attribute_type" -> hasType(path, argument());
                    case "begins_with" -> begins(path, argument());
                    case "contains" -> contains(path, argument());
                    default -> throw invalid("no function " + name);
                };
        expect(")");
        return made;
    }

    private Operand argument() {
        expect(",");
        return operand();
    }

    private Condition hasType(Path path, Operand type) {
        literal(type, value -> value.type() == Type.S && TYPES.contains(value.s()));
        return scope -> {
            var value = path.value(scope);
            var wanted = type.in(scope);
            return value != null && wanted != null && name(value).equals(wanted.s());
        };
    }

    private static String name(AttributeValue value) {
        return value.type() == Type.NUL ? "NULL" : value.type().name();
    }

    private Condition begins(Path path, Operand prefix) {
        literal(prefix, value -> value.type() == Type.S || value.type() == Type.B);
        return scope -> {
            var value = path.value(scope);
            var wanted = prefix.in(scope);
            return value != null
                    && wanted != null
                    && value.type() == wanted.type()
                    && (value.type() == Type.S
                            ? value.s().startsWith(wanted.s())
                            : value.type() == Type.B && hex(value).startsWith(hex(wanted)));
        };
    }

    private static String hex(AttributeValue binary) {
        var hex = new StringBuilder();
        for (var one : binary.b().asByteArrayUnsafe()) {
            hex.append(String.format(Locale.ROOT, "%02x", one));
        }
        return hex.toString();
    }

    private Condition contains(Path path, Operand member) {
        return scope -> {
            var value = path.value(scope);
            var wanted = member.in(scope);
            if (value == null || wanted == null) {
                return false;
            }
            return switch (value.type()) {
                case S -> wanted.type() == Type.S && value.s().contains(wanted.s());
                case B -> wanted.type() == Type.B && hex(value).contains(hex(wanted));
                case SS -> wanted.type() == Type.S && value.ss().contains(wanted.s());
                case NS -> wanted.type() == Type.N && value.ns().contains(wanted.n());
                case BS -> wanted.type() == Type.B && value.bs().contains(wanted.b());
                case L -> value.l().stream().anyMatch(one -> AttributeValues.equal(one, wanted));
                default -> false;
            };
        };
    }

    private Condition comparison() {
        var left = operand();
        if (takes("BETWEEN")) {
            var from = operand();
            expect("AND");
            var to = operand();
            ordered(from);
            ordered(to);
            checks.add(scope -> {
                var low = from.literal == null ? null : from.in(scope);
                var high = to.literal == null ? null : to.in(scope);
                if (low != null
                        && high != null
                        && (low.type() != high.type() || AttributeValues.compare(low, high) > 0)) {
                    throw invalid("bounds of BETWEEN");
                }
            });
            return scope ->
                    compares(">=", left.in(scope), from.in(scope)) && compares("<=", left.in(scope), to.in(scope));
        }
        if (takes("IN")) {
            var members = operands();
            return scope -> members.stream().anyMatch(one -> compares("=", left.in(scope), one.in(scope)));
        }
        var comparator = take();
        if (!Set.of("=", "<>", "<", "<=", ">", ">=").contains(comparator)) {
            throw invalid("a syntax error at " + comparator);
        }
        var right = operand();
        checks.add(scope -> distinct(left, right, scope));
        if (!comparator.equals("=") && !comparator.equals("<>")) {
            ordered(left);
            ordered(right);
        }
        return scope -> compares(comparator, left.in(scope), right.in(scope));
    }

    private static void distinct(Operand left, Operand right, Scope scope) {
        if (left.path != null && right.path != null && left.path.in(scope).equals(right.path.in(scope))) {
            throw invalid("both operands are the same attribute");
        }
    }

    private List<Operand> operands() {
        expect("(");
        var members = new ArrayList<>(List.of(operand()));
        while (takes(",")) {
            members.add(operand());
        }
        expect(")");
        return members;
    }

    private void ordered(Operand operand) {
        literal(operand, AttributeValues::isOrdered);
    }

    /** Where the operand is a value of the request, it must be so. */
    private void literal(Operand operand, Function<AttributeValue, Boolean> is) {
        if (operand.literal != null) {
            checks.add(scope -> {
                var value = operand.in(scope);
                if (value != null && !is.apply(value)) {
                    throw invalid("an operand of a type that this operator does not take");
                }
            });
        }
    }

    private static boolean compares(String comparator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (comparator.equals("<>")) {
            return !compares("=", left, right);
        }
        if (left == null || right == null) {
            return false;
        }
        if (comparator.equals("=")) {
            return AttributeValues.equal(left, right);
        }
        if (left.type() != right.type() || !AttributeValues.isOrdered(left)) {
            return false;
        }
        int order = AttributeValues.compare(left, right);
        return switch (comparator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private Operand operand() {
        if (peek().startsWith(":")) {
            var name = take();
            placeholders.add(name);
            checks.add(scope -> value(scope, name));
            return new Operand(scope -> value(scope, name), name, null);
        }
        if (isCall() && peek().equals("size")) {
            take();
            expect("(");
            var path = path();
            expect(")");
            return new Operand(scope -> size(path.value(scope)));
        }
        var path = path();
        return new Operand(path::value, null, path);
    }

    private static AttributeValue value(Scope scope, String name) {
        var value = scope.values.get(name);
        if (value == null) {
            throw invalid("no value for " + name);
        }
        return value;
    }

    private static @Nullable AttributeValue size(@Nullable AttributeValue value) {
        if (value == null) {
            return null;
        }
        return switch (value.type()) {
            case S -> number(value.s().length());
            case B -> number(value.b().asByteArrayUnsafe().length);
            case SS, NS, BS -> number(AttributeValues.members(value).size());
            case L -> number(value.l().size());
            case M -> number(value.m().size());
            default -> null;
        };
    }

    private static AttributeValue number(int n) {
        return AttributeValue.fromN(Integer.toString(n));
    }

    private Path path() {
        var steps = new ArrayList<>(List.of(step()));
        while (true) {
            if (takes(".")) {
                steps.add(step());
            } else if (takes("[")) {
                steps.add('[' + take() + ']');
                expect("]");
            } else {
                var path = new Path(steps);
                checks.add(path::in);
                return path;
            }
        }
    }

    private String step() {
        var step = take();
        if (step.startsWith("#")) {
            placeholders.add(step);
        } else if (!Character.isLetter(step.charAt(0)) && step.charAt(0) != '_') {
            throw invalid("a syntax error at " + step);
        }
        return step;
    }

    private static @Nullable AttributeValue member(AttributeValue of, String step) {
        if (step.startsWith("[")) {
            int place = place(step);
            return of.type() == Type.L && place < of.l().size() ? of.l().get(place) : null;
        }
        return of.type() == Type.M ? of.m().get(step) : null;
    }

    private static int place(String step) {
        return Integer.parseInt(step.substring(1, step.length() - 1));
    }

    // ---- updates

    private void clauses() {
        var seen = new HashSet<String>();
        while (next < tokens.size()) {
            var verb = take().toUpperCase(Locale.ROOT);
            if (!Set.of("SET", "REMOVE", "ADD", "DELETE").contains(verb) || !seen.add(verb)) {
                throw invalid("a syntax error at " + verb);
            }
            do {
                actions.add(action(verb));
            } while (takes(","));
        }
        checks.add(scope ->
                apart(actions.stream().map(action -> action.path.in(scope)).toList()));
    }

    private static void apart(List<List<String>> paths) {
        for (var one : paths) {
            for (var other : paths) {
                int shorter = Math.min(one.size(), other.size());
                if (one != other && one.subList(0, shorter).equals(other.subList(0, shorter))) {
                    throw invalid("two paths overlap");
                }
            }
        }
    }

    private Action action(String verb) {
        var path = path();
        return switch (verb) {
            case "SET" -> {
                expect("=");
                yield new Action(verb, path, sum());
            }
            case "REMOVE" -> new Action(verb, path, null);
            default -> {
                var operand = operand();
                if (operand.literal == null) {
                    throw invalid("a syntax error: a value must follow the path");
                }
                literal(operand, value -> AttributeValues.isSet(value) || verb.equals("ADD") && value.type() == Type.N);
                yield new Action(verb, path, operand);
            }
        };
    }

    private Operand sum() {
        var left = term();
        if (!peek().equals("+") && !peek().equals("-")) {
            return left;
        }
        var sign = take();
        var right = term();
        literal(left, value -> value.type() == Type.N);
        literal(right, value -> value.type() == Type.N);
        return new Operand(scope -> sum(there(left, scope), there(right, scope), sign));
    }

    private static AttributeValue sum(AttributeValue left, AttributeValue right, String sign) {
        if (left.type() != Type.N || right.type() != Type.N) {
            throw invalid("an operand has a type that cannot be added");
        }
        var one = new BigDecimal(left.n());
        var other = new BigDecimal(right.n());
        return AttributeValue.fromN(
                AttributeValues.number((sign.equals("+") ? one.add(other) : one.subtract(other)).toPlainString()));
    }

    private Operand term() {
        if (!isCall()) {
            return operand();
        }
        var name = take();
        expect("(");
        Operand made =
                switch (name) {
                    case "if_not_exists" -> {
                        var path = path();
                        expect(",");
                        var otherwise = term();
                        yield new Operand(scope -> {
                            var value = path.value(scope);
                            return value == null ? there(otherwise, scope) : value;
                        });
                    }
                    case "list_append" -> {
                        var left = term();
                        expect(",");
                        var right = term();
                        literal(left, value -> value.type() == Type.L);
                        literal(right, value -> value.type() == Type.L);
                        yield new Operand(scope -> joined(there(left, scope), there(right, scope)));
                    }
                    default -> throw invalid("no function " + name);
                };
        expect(")");
        return made;
    }

    private static AttributeValue joined(AttributeValue left, AttributeValue right) {
        if (left.type() != Type.L || right.type() != Type.L) {
            throw invalid("an operand of list_append is no list");
        }
        var all = new ArrayList<>(left.l());
        all.addAll(right.l());
        return AttributeValue.fromL(all);
    }

    private static AttributeValue there(Operand operand, Scope scope) {
        var value = operand.in(scope);
        if (value == null) {
            throw invalid("an attribute of the expression is not there");
        }
        return value;
    }

    /** The top-level attributes that it may change. */
    Set<String> changed(Map<String, String> names) {
        var changed = new LinkedHashSet<String>();
        var scope = new Scope(Map.of(), names, Map.of());
        actions.forEach(action -> changed.add(action.path.in(scope).get(0)));
        return changed;
    }

    /** All operands are of the item as it was. */
    Map<String, AttributeValue> apply(Scope scope) {
        Map<String, AttributeValue> root = scope.item;
        var removed = new ArrayList<List<String>>();
        for (var action : actions) {
            var steps = action.path.in(scope);
            switch (action.verb) {
                case "SET" -> root = with(root, steps, there(operand(action), scope));
                case "REMOVE" -> removed.add(steps);
                case "ADD" -> root = with(root, steps, added(action.path.value(scope), there(operand(action), scope)));
                default -> {
                    var left = without(action.path.value(scope), there(operand(action), scope));
                    if (left == null) {
                        removed.add(steps);
                    } else {
                        root = with(root, steps, left);
                    }
                }
            }
        }
        // places of a list move when one before them is removed: the last goes first
        removed.sort((one, other) -> compare(other, one));
        for (var steps : removed) {
            root = with(root, steps, null);
        }
        return root;
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            var a = one.get(i);
            var b = other.get(i);
            int order = a.startsWith("[") && b.startsWith("[") ? place(a) - place(b) : a.compareTo(b);
            if (order != 0) {
                return order;
            }
        }
        return one.size() - other.size();
    }

    private static Operand operand(Action action) {
        return Objects.requireNonNull(action.operand);
    }

    private static AttributeValue added(@Nullable AttributeValue old, AttributeValue more) {
        if (old == null) {
            return more;
        }
        if (old.type() != more.type()) {
            throw invalid("ADD to an attribute of another type");
        }
        if (old.type() == Type.N) {
            return sum(old, more, "+");
        }
        var all = new LinkedHashSet<Object>(AttributeValues.members(old));
        all.addAll(AttributeValues.members(more));
        return AttributeValues.set(old, all);
    }

    /** @return null where nothing is left */
    private static @Nullable AttributeValue without(@Nullable AttributeValue old, AttributeValue members) {
        if (old == null) {
            return null;
        }
        if (old.type() != members.type()) {
            throw invalid("DELETE from an attribute of another type");
        }
        var all = new LinkedHashSet<Object>(AttributeValues.members(old));
        all.removeAll(AttributeValues.members(members));
        return all.isEmpty() ? null : AttributeValues.set(old, all);
    }

    /** @param value null: take it away */
    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> in, List<String> steps, @Nullable AttributeValue value) {
        var map = new TreeMap<>(in);
        var made = inner(in.get(steps.get(0)), steps, value);
        if (made == null) {
            map.remove(steps.get(0));
        } else {
            map.put(steps.get(0), made);
        }
        return map;
    }

    /** What a member becomes. @param steps the first is the member's own */
    private static @Nullable AttributeValue inner(
            @Nullable AttributeValue old, List<String> steps, @Nullable AttributeValue value) {
        if (steps.size() == 1) {
            return value;
        }
        var rest = steps.subList(1, steps.size());
        boolean isPlace = rest.get(0).startsWith("[");
        if (old == null || old.type() != (isPlace ? Type.L : Type.M)) {
            throw invalid("the path is not for an update");
        }
        return isPlace
                ? AttributeValue.fromL(with(old.l(), rest, value))
                : AttributeValue.fromM(with(old.m(), rest, value));
    }

    private static List<AttributeValue> with(
            List<AttributeValue> in, List<String> steps, @Nullable AttributeValue value) {
        var list = new ArrayList<>(in);
        int place = place(steps.get(0));
        boolean is = place < list.size();
        var made = inner(is ? list.get(place) : null, steps, value);
        if (made == null && is) {
            list.remove(place);
        } else if (made != null && is) {
            list.set(place, made);
        } else if (made != null) {
            list.add(made);
        }
        return list;
    }

    // ---- tokens

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "the end";
    }

    private String take() {
        if (next >= tokens.size()) {
            throw invalid("a syntax error at the end");
        }
        return tokens.get(next++);
    }

    private boolean takes(String token) {
        boolean is = peek().equalsIgnoreCase(token);
        next += is ? 1 : 0;
        return is;
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw invalid("a syntax error at " + peek());
        }
    }
}
