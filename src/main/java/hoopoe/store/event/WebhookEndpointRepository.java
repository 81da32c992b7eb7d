package hoopoe.store.event;

import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.store.Keys;
import hoopoe.store.event.EndpointChange.AddressInUse;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.EndpointChange.NoSuchEndpoint;
import hoopoe.store.event.EndpointChange.TooManyEndpoints;
import hoopoe.store.table.ConflictRetry;
import hoopoe.store.table.ConflictRetry.ContentionException;
import hoopoe.store.table.Item;
import hoopoe.store.table.Table;
import hoopoe.store.table.Write;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores webhook endpoints, by caller, and who has any. A write of an endpoint is refused where its revision is not as it was
 * read. The item of the caller holds a mark that changes whenever an endpoint comes, goes or gets another address: what was
 * decided by the caller's whole list is written only while the list is as it was read.
 */
@ApplicationScoped
public class WebhookEndpointRepository {

    /** How many endpoints a caller has at most. */
    public static final int MOST = 10;

    private static final String MARK = "mark";
    private static final String WHAT = "webhook endpoint";

    private final Table table;

    public WebhookEndpointRepository(Table table) {
        this.table = table;
    }

    /** Strongly consistent. */
    public Optional<WebhookEndpoint> find(String caller, String id) {
        return table.get(Keys.webhookEndpoint(caller, id)).map(WebhookEndpointItem::read);
    }

    /** A caller's endpoints, the oldest first. */
    public List<WebhookEndpoint> list(String caller) {
        return table.query(Keys.webhookEndpoints(caller), Keys.WEBHOOK).stream()
                .map(WebhookEndpointItem::read)
                .toList();
    }

    /** All callers who have an endpoint, by one query. */
    public List<String> callersListening() {
        return table.query(Keys.LISTENERS, Keys.LISTENER).stream()
                .map(item -> item.key().sk().substring(Keys.LISTENER.length()))
                .toList();
    }

    /**
     * Registers an endpoint.
     *
     * @throws ContentionException where other changes of the caller's endpoints outlast the retries
     */
    public EndpointChange add(WebhookEndpoint endpoint) {
        return decided(() -> {
            var mark = mark(endpoint.caller());
            var others = list(endpoint.caller());
            var taken = taken(others, endpoint);
            if (taken.isPresent()) {
                return taken;
            } else if (others.size() >= MOST) {
                return Optional.of(new TooManyEndpoints());
            }
            var stored = revised(endpoint);
            return Optional.<EndpointChange>of(new EndpointWritten(stored))
                    .filter(done -> ConflictRetry.transact(
                            table,
                            List.of(
                                    Write.putNew(WebhookEndpointItem.of(endpoint, stored.revision()))
                                            .attempt(),
                                    marked(endpoint.caller(), mark)),
                            WHAT));
        });
    }

    /**
     * Changes an endpoint, however often it changes meanwhile.
     *
     * @param change is asked again for each try; what it returns unchanged is not written
     * @throws ContentionException where other changes outlast the retries
     */
    public EndpointChange change(String caller, String id, UnaryOperator<WebhookEndpoint> change) {
        return decided(() -> {
            var mark = mark(caller);
            var all = list(caller);
            var seen = all.stream().filter(endpoint -> endpoint.id().equals(id)).findFirst();
            if (seen.isEmpty()) {
                return Optional.of(new NoSuchEndpoint());
            }
            var next = change.apply(seen.get());
            if (next.equals(seen.get())) {
                return Optional.of(new EndpointWritten(next));
            } else if (next.url().equals(seen.get().url())) {
                return replace(seen.get(), next).map(EndpointWritten::new);
            }
            return taken(all, next).or(() -> Optional.of(new EndpointWritten(revised(next)))
                    .filter(done -> ConflictRetry.transact(
                            table, List.of(put(seen.get(), next).attempt(), marked(caller, mark)), WHAT)));
        });
    }

    private static Optional<EndpointChange> taken(List<WebhookEndpoint> all, WebhookEndpoint endpoint) {
        return all.stream()
                .filter(other ->
                        other.url().equals(endpoint.url()) && !other.id().equals(endpoint.id()))
                .findFirst()
                .map(other -> new AddressInUse(other.id()));
    }

    /**
     * Forgets an endpoint, with its secrets, at once.
     *
     * @return false where there is none
     * @throws ContentionException where other changes of the caller's endpoints outlast the retries
     */
    public boolean delete(String caller, String id) {
        if (find(caller, id).isEmpty()) {
            return false;
        }
        return decided(() -> {
            var mark = mark(caller);
            var all = list(caller);
            if (mark == null || all.stream().noneMatch(endpoint -> endpoint.id().equals(id))) {
                return Optional.of(true); // by an earlier try of ours whose answer was lost, or by somebody else
            }
            var left = all.size() == 1
                    ? Write.delete(Keys.listener(caller)).when("{" + MARK + "} = ?", mark)
                    : marked(caller, mark);
            return Optional.of(true)
                    .filter(done -> ConflictRetry.transact(
                            table, List.of(Write.delete(Keys.webhookEndpoint(caller, id)), left), WHAT));
        });
    }

    /**
     * Counts a failure of an endpoint; the last of many disables it.
     *
     * @param seen as it was read before the call
     * @return as it is now; empty where somebody else wrote it since it was read, for example another failure
     */
    public Optional<WebhookEndpoint> failed(WebhookEndpoint seen, Instant now) {
        return health(seen, seen.health().failed(now));
    }

    /** The same after a call that succeeded. It writes only where there were failures. */
    public Optional<WebhookEndpoint> succeeded(WebhookEndpoint seen) {
        return seen.health().state() == EndpointState.DISABLED ? Optional.of(seen) : health(seen, EndpointHealth.GOOD);
    }

    /** The same before a call that tries an endpoint that is failing: of many who want to try it, one may. */
    public Optional<WebhookEndpoint> probed(WebhookEndpoint seen, Instant now) {
        return health(seen, seen.health().probed(now));
    }

    private Optional<WebhookEndpoint> health(WebhookEndpoint seen, EndpointHealth next) {
        return next.equals(seen.health()) ? Optional.of(seen) : replace(seen, seen.withHealth(next));
    }

    /**
     * Disables an endpoint that says that it is gone, whatever else happens to it meanwhile.
     *
     * @param called as it was when it said so
     * @return as it is now; empty where it was disabled before, has another address, or is no more
     */
    public Optional<WebhookEndpoint> disable(WebhookEndpoint called) {
        return decided(() -> {
            var seen = find(called.caller(), called.id())
                    .filter(endpoint -> endpoint.health().state() != EndpointState.DISABLED)
                    .filter(endpoint -> endpoint.url().equals(called.url()));
            if (seen.isEmpty()) {
                return Optional.of(Optional.<WebhookEndpoint>empty());
            }
            var next = seen.get().withHealth(seen.get().health().disabled());
            return replace(seen.get(), next).map(Optional::of);
        });
    }

    private Optional<WebhookEndpoint> replace(WebhookEndpoint seen, WebhookEndpoint next) {
        return Optional.of(revised(next))
                .filter(done -> ConflictRetry.apply(table, put(seen, next).attempt(), WHAT));
    }

    private static Write put(WebhookEndpoint seen, WebhookEndpoint next) {
        return Write.put(WebhookEndpointItem.of(next, revised(next).revision()))
                .when("{" + WebhookEndpointItem.REVISION + "} = ?", seen.revision());
    }

    private static WebhookEndpoint revised(WebhookEndpoint endpoint) {
        return endpoint.withRevision(endpoint.revision() + 1);
    }

    private @Nullable String mark(String caller) {
        return table.get(Keys.listener(caller)).map(item -> item.text(MARK)).orElse(null);
    }

    private static Write marked(String caller, @Nullable String seen) {
        var put = Write.put(
                Item.of(Keys.listener(caller)).with(MARK, UUID.randomUUID().toString()));
        return seen == null ? put.when("attribute_not_exists({pk})") : put.when("{" + MARK + "} = ?", seen);
    }

    /** Reads, decides and writes until what was read still stands when it is written. */
    private <T> T decided(Supplier<Optional<T>> attempt) {
        return ConflictRetry.until(table, ConflictRetry.PATIENCE, attempt)
                .orElseThrow(() -> new ContentionException(WHAT));
    }
}
