package hoopoe.store.account;

import hoopoe.account.session.LoginHistory;
import hoopoe.account.session.Session;
import hoopoe.message.SortableTime;
import hoopoe.store.Attributes;
import hoopoe.store.Keys;
import hoopoe.store.table.Item;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps a session to its item and back. It has no expiry, because a secret's version that was refused once stays refused. */
final class SessionItem {

    static final String REVISION = "revision";

    private static final String GENERATION = "generation";
    private static final String KEY = "key";
    private static final String DAY = "day";
    private static final String KEY_VERSION = "key_version";
    private static final String LEASE_HOLDER = "lease_holder";
    private static final String LEASE_UNTIL = "lease_until";
    private static final String LATCH_CODE = "latch_code";
    private static final String LATCH_TEXT = "latch_text";
    private static final String LATCH_SINCE = "latch_since";
    private static final String TRYING_HOLDER = "trying_holder";
    private static final String TRYING_VERSION = "trying_version";
    private static final String TRYING_BY_OPERATOR = "trying_by_operator";
    private static final String UNANSWERED = "unanswered";
    private static final String BUSY = "busy";
    private static final String PAUSED_UNTIL = "paused_until";
    private static final String STARTS = "logins";
    private static final String BAD = "bad_versions";
    private static final String SPENT = "spent_versions";
    private static final String OPERATOR_TRY = "operator_try";

    private SessionItem() {}

    static Item of(String account, Session session) {
        var item = Item.of(Keys.session(account))
                .with(Attributes.KIND, "SESSION")
                .with(REVISION, session.revision())
                .with(GENERATION, session.generation());
        if (session.key() != null) {
            item.with(KEY, session.key().value())
                    .with(DAY, session.key().day().toString())
                    .with(KEY_VERSION, session.key().version());
        }
        if (session.lease() != null) {
            item.with(LEASE_HOLDER, session.lease().holder())
                    .with(LEASE_UNTIL, session.lease().until());
        }
        if (session.block() != null) {
            item.with(LATCH_CODE, session.block().code())
                    .with(LATCH_TEXT, session.block().text())
                    .with(LATCH_SINCE, session.block().since());
        }
        return with(item, session.logins());
    }

    private static Item with(Item item, LoginHistory loginHistory) {
        if (loginHistory.trial() != null) {
            item.with(TRYING_HOLDER, loginHistory.trial().holder())
                    .with(TRYING_VERSION, loginHistory.trial().version())
                    .with(TRYING_BY_OPERATOR, loginHistory.trial().byOperator());
        }
        return item.with(UNANSWERED, loginHistory.unanswered())
                .with(BUSY, loginHistory.busy())
                .with(PAUSED_UNTIL, loginHistory.pausedUntil())
                .with(STARTS, starts(loginHistory.starts()))
                .with(BAD, loginHistory.bad())
                .with(SPENT, loginHistory.spent())
                .with(OPERATOR_TRY, loginHistory.operatorTry() ? Boolean.TRUE : null);
    }

    static Session read(Item item) {
        return new Session(
                item.longNumber(REVISION),
                item.longNumber(GENERATION),
                key(item),
                lease(item),
                block(item),
                logins(item));
    }

    private static Session.@Nullable StoredKey key(Item item) {
        return item.has(KEY)
                ? new Session.StoredKey(
                        item.text(KEY),
                        LocalDate.parse(item.text(DAY)),
                        item.find(KEY_VERSION).orElse(""))
                : null;
    }

    private static Session.@Nullable LoginLease lease(Item item) {
        return item.has(LEASE_HOLDER)
                ? new Session.LoginLease(item.text(LEASE_HOLDER), item.requiredInstant(LEASE_UNTIL))
                : null;
    }

    private static Session.@Nullable AccountBlock block(Item item) {
        return item.has(LATCH_CODE)
                ? new Session.AccountBlock(
                        item.text(LATCH_CODE), item.text(LATCH_TEXT), item.requiredInstant(LATCH_SINCE))
                : null;
    }

    private static LoginHistory logins(Item item) {
        return new LoginHistory(
                trial(item),
                item.number(UNANSWERED),
                item.number(BUSY),
                item.instant(PAUSED_UNTIL),
                starts(item.find(STARTS).orElse("")),
                item.texts(BAD),
                item.texts(SPENT),
                item.flag(OPERATOR_TRY));
    }

    private static LoginHistory.@Nullable Trial trial(Item item) {
        return item.has(TRYING_HOLDER)
                ? new LoginHistory.Trial(
                        item.text(TRYING_HOLDER), item.text(TRYING_VERSION), item.flag(TRYING_BY_OPERATOR))
                : null;
    }

    private static String starts(List<Instant> starts) {
        return starts.stream().map(SortableTime::of).collect(Collectors.joining(" "));
    }

    private static List<Instant> starts(String text) {
        return Arrays.stream(text.split(" "))
                .filter(start -> !start.isEmpty())
                .map(Instant::parse)
                .toList();
    }
}
