package hoopoe.account.session;

import hoopoe.provider.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The logins of an account so far: all that keeps a provider from blocking it. EVERY8D blocks after ten wrong passwords.
 *
 * @param trial the login under way, or one whose worker died in it
 * @param unanswered tries since the last success whose credentials may have arrived and that got no code
 * @param busy answers in a row that said "later"
 * @param pausedUntil no login before; null where there is no pause
 * @param starts of the last logins, oldest first
 * @param bad versions of the secret that the provider refused
 * @param spent other versions that ended in a block since the last success: they do not lift it. Where the provider has no
 *     sessions, the places that it left
 * @param operatorTry whether an operator allowed one login in spite of all this
 */
public record LoginHistory(
        @Nullable Trial trial,
        int unanswered,
        int busy,
        @Nullable Instant pausedUntil,
        List<Instant> starts,
        Set<String> bad,
        Set<String> spent,
        boolean operatorTry) {

    public static final String UNANSWERED = "unanswered";
    public static final LoginHistory NONE = new LoginHistory(null, 0, 0, null, List.of(), Set.of(), Set.of(), false);

    private static final int A_MINUTE = 3;
    private static final int UNANSWERED_TO_PAUSE = 3;
    private static final int UNANSWERED_TO_BLOCK = 8;

    /** @param byOperator whether it used up an operator's one try */
    public record Trial(String holder, String version, boolean byOperator) {}

    public LoginHistory {
        starts = List.copyOf(starts);
        bad = Set.copyOf(bad);
        spent = Set.copyOf(spent);
    }

    boolean knows(String version) {
        return bad.contains(version) || spent.contains(version);
    }

    boolean isExhausted() {
        return unanswered >= UNANSWERED_TO_BLOCK;
    }

    /** Why no login may begin now, whatever the version. The rate limit holds for the operator too. */
    public Optional<Readiness> pause(Instant now) {
        if (!operatorTry && pausedUntil != null && now.isBefore(pausedUntil)) {
            return Optional.of(new Readiness.NotYet(
                    busy > 0 ? "busy" : UNANSWERED, "no login before " + pausedUntil, pausedUntil));
        }
        var minute = starts.size() < A_MINUTE
                ? now
                : starts.get(starts.size() - A_MINUTE).plus(Duration.ofMinutes(1));
        return now.isBefore(minute)
                ? Optional.of(new Readiness.NotYet("login_rate", A_MINUTE + " logins a minute at most", minute))
                : Optional.empty();
    }

    String trialled() {
        return trial == null ? "" : trial.version();
    }

    LoginHistory trying(String holder, String version, Instant now) {
        var latest = Stream.concat(starts.stream(), Stream.of(now))
                .skip(Math.max(0, starts.size() + 1 - A_MINUTE))
                .toList();
        return new LoginHistory(
                new Trial(holder, version, operatorTry), unanswered, busy, pausedUntil, latest, bad, spent, false);
    }

    LoginHistory succeeded(String version) {
        return new LoginHistory(null, 0, 0, null, starts, without(bad, version), Set.of(), false);
    }

    LoginHistory bad(String version) {
        return new LoginHistory(trial, unanswered, busy, pausedUntil, starts, with(bad, version), spent, operatorTry);
    }

    LoginHistory spent(String version) {
        return new LoginHistory(trial, unanswered, busy, pausedUntil, starts, bad, with(spent, version), operatorTry);
    }

    LoginHistory unspent() {
        return new LoginHistory(trial, unanswered, busy, pausedUntil, starts, bad, Set.of(), operatorTry);
    }

    /** A block is stronger than a pause, and a new version is to lift it at once. */
    LoginHistory closed() {
        return new LoginHistory(null, unanswered, 0, null, starts, bad, spent, operatorTry);
    }

    LoginHistory busy(Instant until) {
        return new LoginHistory(null, unanswered, busy + 1, until, starts, bad, spent, operatorTry || wasOperators());
    }

    LoginHistory untried() {
        return new LoginHistory(null, unanswered, busy, pausedUntil, starts, bad, spent, operatorTry || wasOperators());
    }

    LoginHistory unanswered(Instant now) {
        var count = unanswered + 1;
        var until = count < UNANSWERED_TO_PAUSE ? null : now.plus(pauseAfter(count));
        var vain = count < UNANSWERED_TO_BLOCK ? spent : with(spent, trialled());
        return new LoginHistory(null, count, 0, until, starts, bad, vain, operatorTry);
    }

    LoginHistory opened() {
        return new LoginHistory(trial, unanswered, busy, pausedUntil, starts, bad, spent, true);
    }

    private boolean wasOperators() {
        return trial != null && trial.byOperator();
    }

    private static Duration pauseAfter(int unanswered) {
        return unanswered == UNANSWERED_TO_PAUSE ? Duration.ofMinutes(10) : Duration.ofHours(1);
    }

    private static Set<String> with(Set<String> versions, String version) {
        var more = new TreeSet<>(versions);
        more.add(version);
        return more;
    }

    private static Set<String> without(Set<String> versions, String version) {
        var fewer = new TreeSet<>(versions);
        fewer.remove(version);
        return fewer;
    }
}
