package hoopoe.store;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.store.table.Key;
import hoopoe.testing.TableDump;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dump of an earlier commit's table has every kind of item: each is named as what makes its key. */
class OldItemKindsTest {

    private static final Map<String, String> THEN = Map.ofEntries(
            Map.entry("batch", "BATCH#bat_\\w+ BATCH"),
            Map.entry("dispatch", "BATCH#bat_\\w+#\\d+ DISPATCH#\\d{5}"),
            Map.entry("recipients", "BATCH#bat_\\w+#\\d+ RECIPIENTS#\\d{5}"),
            Map.entry("rejected", "BATCH#bat_\\w+#\\d+ REJECTED#\\d{5}"),
            Map.entry("report", "BATCH#bat_\\w+#\\d+ REPORT#\\d{5}"),
            Map.entry("audit", "BATCH#bat_\\w+#\\d+ AUDIT#\\d{5}#\\d{5}"),
            Map.entry("ref", "REF#fake#main#[a-z0-9-]+ REF"),
            Map.entry("event", "REF#fake#main#[a-z0-9-]+ EVENT#[0-9a-f]{32}"),
            Map.entry("call", "CALL#local#[0-9a-f]{32} CALL"),
            Map.entry("inbound", "INBOUND#2026-03-01#[0-3] 2026-03-01T[0-9:.]+Z#[0-9a-f]{32}"),
            Map.entry("inboundDays", "INBOUND 2026-03"),
            Map.entry("seen", "SEEN#[0-9a-f]{32} SEEN"),
            Map.entry("receivedId", "RCV#main#815 RCV"),
            Map.entry("quarantine", "QUARANTINE#main#2026-03-01 [0-9a-f]{32}"),
            Map.entry("inbox", "INBOX#\\w+ INBOX"),
            Map.entry("inboxQuestion", "INBOX#refused OPEN#2026-03-01T.*"),
            Map.entry("inboxAside", "INBOX#main ASIDE#2026-03-01T.*"),
            Map.entry("inboxLoss", "INBOX#main LOSS#2026-03-01T.*"),
            Map.entry("session", "SESSION#\\w+ SESSION"),
            Map.entry("balance", "BALANCE#\\w+ BALANCE"),
            Map.entry("apiKey", "KEY#\\w+ KEY"),
            Map.entry("apiKeySlot", "KEYS CALLER#shop#(live|test)#[01]"));

    /** These kinds did not exist then. */
    private static final Set<String> SINCE = Set.of(
            "accountPublished",
            "erasure",
            "feed",
            "feedClock",
            "feedFollower",
            "feedWaiting",
            "inboxPart",
            "listener",
            "published",
            "totals",
            "usage",
            "webhookDelivery",
            "webhookEndpoint",
            "webhookRelease");

    /** These are written and read no more; TTL takes those that are still there. */
    private static final Set<String> GONE = Set.of("inboundDays");

    private static final List<String> KEYS = TableDump.of020edb9().items().stream()
            .map(item -> item.get("pk").s() + ' ' + item.get("sk").s())
            .toList();

    static Set<String> kindsOfThen() {
        return THEN.keySet();
    }

    @ParameterizedTest
    @MethodSource("kindsOfThen")
    void oneOfEachKindIsThere(String kind) {
        assertThat(KEYS).anyMatch(key -> key.matches(THEN.get(kind)));
    }

    @Test
    void everyItemIsOfOneKind() {
        assertThat(KEYS)
                .allSatisfy(key ->
                        assertThat(THEN.values()).filteredOn(key::matches).hasSize(1));
    }

    /** A new kind is named here, and so is one that goes. */
    @Test
    void everyKindOfTodayIsOfThenOrNewer() {
        var today = Stream.of(Keys.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == Key.class)
                .filter(not(Method::isSynthetic))
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(today)
                .isEqualTo(Stream.of(THEN.keySet(), SINCE)
                        .flatMap(Set::stream)
                        .filter(not(GONE::contains))
                        .collect(Collectors.toSet()));
    }
}
