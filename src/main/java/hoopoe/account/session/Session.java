package hoopoe.account.session;

import hoopoe.provider.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one account's login session at its provider, shared by all workers, and the rules that change it. Immutable: a
 * rule returns the next session, or an equal one where it does not apply. A rule may be run again after an answer of the store
 * was lost: it has no second effect.
 *
 * @param revision counts the writes; 0 where nothing is stored
 * @param generation counts the keys: that of {@code key}, or of the last key where there is none
 * @param lease held by the worker that may log in
 * @param block the account's block: set by a refusal, lifted by a success
 */
public record Session(
        long revision,
        long generation,
        @Nullable StoredKey key,
        @Nullable LoginLease lease,
        @Nullable AccountBlock block,
        LoginHistory logins) {

    /** Longer than a login can take, so that it ends only where its holder died. */
    public static final Duration LEASE = Duration.ofSeconds(40);

    /** For a version that was refused, where another version lifted the block since. */
    private static final Readiness.Blocked REFUSED_BEFORE =
            new Readiness.Blocked("credentials_refused", "this password was refused before");

    public static final Session NONE = new Session(0, 0, null, null, null, LoginHistory.NONE);

    /**
     * @param day on which it works, in the provider's calendar
     * @param version of the secret that it was given for
     */
    public record StoredKey(String value, LocalDate day, String version) {

        @Override
        public String toString() {
            return "StoredKey[********, " + day + ", " + version + ']';
        }
    }

    /** @param holder a name never used for another attempt */
    public record LoginLease(String holder, Instant until) {}

    /** @param code the provider's, or {@link LoginHistory#UNANSWERED} */
    public record AccountBlock(String code, String text, Instant since) {}

    public Optional<StoredKey> keyOn(LocalDate day) {
        return Optional.ofNullable(key).filter(stored -> stored.day().equals(day));
    }

    public boolean isLeasedAt(Instant now) {
        return lease != null && now.isBefore(lease.until());
    }

    /** Whether the holder still has the lease, also past its end as long as no other worker has taken it. */
    public boolean isLeasedTo(String holder) {
        return lease != null && lease.holder().equals(holder);
    }

    /** Whether {@link #trying} went through for this holder. */
    public boolean isTrying(String holder) {
        return isLeasedTo(holder)
                && logins.trial() != null
                && logins.trial().holder().equals(holder);
    }

    /** Why no login with this version may begin now: {@code Blocked} or {@code NotYet}. Empty where it may. */
    public Optional<Readiness> objection(String version, Instant now) {
        if (!logins.operatorTry()) {
            if (block != null && logins.knows(version)) {
                return Optional.of(new Readiness.Blocked(block.code(), block.text()));
            }
            if (logins.bad().contains(version)) {
                return Optional.of(REFUSED_BEFORE);
            }
        }
        return logins.pause(now);
    }

    /** Takes the login lease if there is no key and no other holder. A holder that died in its login counts as unanswered. */
    public Session leased(String holder, LocalDate day, Instant now) {
        if (isLeasedTo(holder) || isLeasedAt(now) || keyOn(day).isPresent()) {
            return this;
        }
        var abandoned = lease == null ? this : unanswered(lease.until());
        return abandoned.withLease(new LoginLease(holder, now.plus(LEASE)));
    }

    /** Gives the lease back, where it is still the holder's. */
    public Session freed(String holder) {
        return isLeasedTo(holder) ? withLease(null) : this;
    }

    /**
     * Notes, before the login, which version is tried, and renews the lease; gives the lease back where the login may not
     * begin.
     */
    public Session trying(String holder, String version, LocalDate day, Instant now) {
        if (!isLeasedTo(holder) || isTrying(holder)) {
            return this;
        }
        if (keyOn(day).isPresent()) {
            return freed(holder);
        }
        var objection = objection(version, now);
        if (objection.isPresent()) {
            var standing = objection.get() instanceof Readiness.Blocked ? blockedAgain(version, now) : this;
            return standing.freed(holder);
        }
        return with(block, logins.trying(holder, version, now)).withLease(new LoginLease(holder, now.plus(LEASE)));
    }

    /** Stores the key, where the lease is still the holder's: a late holder would overwrite a newer key. */
    public Session loggedIn(String holder, String value, LocalDate day) {
        if (!isTrying(holder)) {
            return this;
        }
        var version = logins.trialled();
        return new Session(
                revision, generation + 1, new StoredKey(value, day, version), null, null, logins.succeeded(version));
    }

    /** The provider does not know this user or password: the version is bad for ever, even if the lease has moved on. */
    public Session refused(String holder, String version, String code, String text, Instant now) {
        var marked = with(block, logins.bad(version));
        return isTrying(holder) ? marked.withBlock(code, text, now).freed(holder) : marked;
    }

    /** The provider has blocked the account, whatever the password. */
    public Session blocked(String holder, String version, String code, String text, Instant now) {
        var marked = with(block, logins.spent(version));
        return isTrying(holder) ? marked.withBlock(code, text, now).freed(holder) : marked;
    }

    /** The same as {@link #refused} or {@link #blocked} for a key in use. It has no effect where a newer key works. */
    public Session refusedKey(long failed, boolean isBlocked, String code, String text, Instant now) {
        if (key == null || generation != failed) {
            return this;
        }
        var marked = isBlocked ? logins.spent(key.version()) : logins.bad(key.version());
        var keyless = withoutKey(failed).with(block, marked);
        return isLeasedAt(now) ? keyless : keyless.withBlock(code, text, now);
    }

    /** Why this version of the secret may not be used; empty where it may. */
    Optional<Readiness.Blocked> blockOf(String version) {
        if (!logins.knows(version)) {
            return Optional.empty();
        }
        return Optional.of(block == null ? REFUSED_BEFORE : new Readiness.Blocked(block.code(), block.text()));
    }

    /** This version is in force and was refused before: if another version lifted the block since, it is set again. */
    Session blockedAgain(String version, Instant now) {
        return block == null && logins.bad().contains(version)
                ? withBlock(REFUSED_BEFORE.code(), REFUSED_BEFORE.text(), now)
                : this;
    }

    /** A provider without sessions refused this version of the secret: it is bad for ever. */
    Session refusedSecret(String version, String code, String text, Instant now) {
        return logins.knows(version) ? this : with(block, logins.bad(version)).withBlock(code, text, now);
    }

    /** A provider without sessions has left this place: it stays closed as long as the account is blocked. */
    Session movedFrom(String place, String code, String text, Instant now) {
        return logins.knows(place) ? this : with(block, logins.spent(place)).withBlock(code, text, now);
    }

    /** A version that works lifts the block by another version, or by a place that was left; a bad version stays bad. */
    Session acceptedSecret(String version) {
        return block == null || logins.knows(version) ? this : with(null, logins.unspent());
    }

    /** The provider answered and neither took nor refused the credentials: the try does not count. */
    public Session busy(String holder, Instant until) {
        return isTrying(holder) ? with(block, logins.busy(until)).freed(holder) : this;
    }

    /** Proof that the provider never saw the credentials: the try does not count. */
    public Session unreached(String holder) {
        return isTrying(holder) ? with(block, logins.untried()).freed(holder) : this;
    }

    /** The credentials may have arrived, and no code came back. */
    public Session unanswered(String holder, Instant now) {
        return isTrying(holder) ? unanswered(now).freed(holder) : this;
    }

    /** The key of that generation is dead; a newer one stays. */
    public Session withoutKey(long failed) {
        return key == null || generation != failed
                ? this
                : new Session(revision, generation, null, lease, block, logins);
    }

    /** An operator allows one login in spite of block, bad version and pause. */
    public Session opened(Instant now) {
        return block == null && logins.pause(now).isEmpty() ? this : with(block, logins.opened());
    }

    /** The same session with the revision that is stored. */
    public Session withRevision(long stored) {
        return new Session(stored, generation, key, lease, block, logins);
    }

    private Session unanswered(Instant now) {
        if (logins.trial() == null) {
            return this;
        }
        var counted = with(block, logins.unanswered(now));
        return counted.logins.isExhausted()
                ? counted.withBlock(
                        LoginHistory.UNANSWERED,
                        "the provider left " + counted.logins.unanswered() + " logins unanswered",
                        now)
                : counted;
    }

    private Session withBlock(String code, String text, Instant now) {
        return with(new AccountBlock(code, text, now), logins.closed());
    }

    private Session with(@Nullable AccountBlock newBlock, LoginHistory newLogins) {
        return new Session(revision, generation, key, lease, newBlock, newLogins);
    }

    private Session withLease(@Nullable LoginLease newLease) {
        return new Session(revision, generation, key, newLease, block, logins);
    }
}
