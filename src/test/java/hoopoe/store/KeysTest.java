package hoopoe.store;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.delivery.ProviderReference;
import hoopoe.message.ReplyId;
import hoopoe.store.table.Key;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What belongs to different callers, accounts, days or kinds never lies under one key. */
class KeysTest {

    /** As an argument, and another one. */
    private static final Map<Class<?>, List<Object>> VALUES = Map.of(
            String.class, List.of("one", "other"),
            int.class, List.of(1, 2),
            LocalDate.class, List.of(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02")),
            ProviderReference.class,
                    List.of(new ProviderReference("one", "one", "one"), new ProviderReference("one", "other", "one")),
            ReplyId.class,
                    List.of(
                            new ReplyId(Instant.parse("2026-03-01T02:00:00Z"), "0a"),
                            new ReplyId(Instant.parse("2026-03-01T02:00:00Z"), "0b")),
            boolean.class, List.of(false, true));

    /** Every way to name items: by their key, their partition or the row of an index. */
    static Stream<Method> ways() {
        return Stream.of(Keys.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getParameterCount() > 0);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachPartOfANameCounts(Method way) throws Exception {
        for (int changed = 0; changed < way.getParameterCount(); changed++) {
            assertThat(way.invoke(null, arguments(way, changed)))
                    .as("argument %s", changed)
                    .isNotEqualTo(way.invoke(null, arguments(way, -1)));
        }
    }

    /** @param changed which of them is the other one */
    private static Object[] arguments(Method way, int changed) {
        return IntStream.range(0, way.getParameterCount())
                .mapToObj(i -> VALUES.get(way.getParameterTypes()[i]).get(i == changed ? 1 : 0))
                .toArray();
    }

    @Test
    void aReferenceIsOfItsProviderAccountAndText() {
        assertThat(List.of(ref("p", "a", "r"), ref("q", "a", "r"), ref("p", "b", "r"), ref("p", "a", "s")))
                .doesNotHaveDuplicates();
    }

    private static Key ref(String provider, String account, String written) {
        return Keys.ref(new ProviderReference(provider, account, written));
    }

    @Test
    void itemsOfDifferentKindsNeverMeet() throws Exception {
        var keys = new LinkedHashSet<Object>();
        var ways = ways().filter(way -> way.getReturnType() == Key.class).toList();
        for (var way : ways) {
            keys.add(way.invoke(null, arguments(way, -1)));
        }

        assertThat(keys).hasSameSizeAs(ways).hasSizeGreaterThan(15);
    }

    @Test
    void norDoRowsOfTheListIndex() {
        var day = LocalDate.parse("2026-03-01");

        assertThat(Set.of(
                        Keys.list("one", "2026-03"),
                        Keys.losses("one"),
                        Keys.orphans("one", day),
                        Keys.unconfirmed(day),
                        Keys.parked("one")))
                .hasSize(5);
    }

    /** So the places of the feed are read without it. */
    @Test
    void theClockOfTheFeedSortsBehindAllPlaces() {
        assertThat(Keys.feedClock().sk())
                .isGreaterThan(Keys.feed("9999-12-31T23:59:59.999Z").sk());
        assertThat(Keys.feedClock().pk()).isEqualTo(Keys.FEED);
    }

    /** Where one part ends and the next begins is told too. */
    @Test
    void aCallIsOfItsCallerMethodPathAndKey() {
        var calls = List.of(
                Keys.call("shop", "POST", "/v1/batches", "k"),
                Keys.call("shop", "POST", "/v1/batche", "sk"),
                Keys.call("shop", "POS", "T/v1/batches", "k"),
                Keys.call("shopP", "OST", "/v1/batches", "k"));

        assertThat(calls).doesNotHaveDuplicates();
        assertThat(calls).noneMatch(key -> key.pk().contains("batches"));
    }

    @Test
    void whatBeginsLikeAnothersIsNotHis() {
        assertThat(Keys.apiKeySlot("shop2", "live", 0).sk()).doesNotStartWith(Keys.apiKeySlots("shop"));
        assertThat(Keys.apiKeySlot("shop", "live", 0).sk()).startsWith(Keys.apiKeySlots("shop"));
        assertThat(Keys.apiKeySlot("shop", "live", 0).sk()).startsWith(Keys.apiKeySlots(null));
        assertThat(Keys.audit("b", 1, 0).sk()).startsWith(Keys.audits(1)).doesNotStartWith(Keys.audits(0));
    }

    /** Items of one partition lie in the order of their numbers, and those of sixteen make a batch. */
    @Test
    void numbersSortAsNumbers() {
        var keys = new ArrayList<String>();
        IntStream.of(0, 16, 96, 112, 992, 1008, 9984, 10000)
                .forEach(n -> keys.add(Keys.dispatch("b", n).sk()));

        assertThat(keys).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 100).mapToObj(n -> Keys.partition("b", n)).distinct())
                .hasSize(Keys.SHARDS);
    }

    @Test
    void oneReferenceIsTheSameHoweverItIsWritten() {
        assertThat(ref("p", "a", " AbC-1 ")).isEqualTo(ref("p", "a", "abc-1"));
        assertThat(ref("p", "a", "Ünicode / 1")).isEqualTo(ref("p", "a", "ünicode / 1 "));
        assertThat(ref("p", "a", "x".repeat(64)).pk()).endsWith("#" + "x".repeat(64));
        assertThat(ref("p", "a", "x".repeat(65)).pk()).doesNotContain("xx").hasSizeLessThan(60);
        assertThat(ref("p", "a", "x".repeat(65))).isNotEqualTo(ref("p", "a", "x".repeat(66)));
    }
}
