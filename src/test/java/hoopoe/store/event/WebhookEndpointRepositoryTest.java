package hoopoe.store.event;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.event.EndpointHealth;
import hoopoe.event.EndpointState;
import hoopoe.event.WebhookEndpoint;
import hoopoe.local.dynamo.LocalDynamo;
import hoopoe.store.Keys;
import hoopoe.store.event.EndpointChange.AddressInUse;
import hoopoe.store.event.EndpointChange.EndpointWritten;
import hoopoe.store.event.EndpointChange.NoSuchEndpoint;
import hoopoe.store.event.EndpointChange.TooManyEndpoints;
import hoopoe.store.table.Table;
import hoopoe.testing.WebhookEndpoints;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WebhookEndpointRepositoryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private final String name = LocalDynamo.shared().createLastingTable();
    private final WebhookEndpointRepository repository =
            new WebhookEndpointRepository(new Table(LocalDynamo.shared().client(), name));

    private WebhookEndpoint added(String caller, String url) {
        return written(repository.add(WebhookEndpoints.of(caller, url)));
    }

    private static WebhookEndpoint written(EndpointChange change) {
        return ((EndpointWritten) change).endpoint();
    }

    private Map<String, AttributeValue> item(WebhookEndpoint endpoint) {
        return LocalDynamo.shared()
                .client()
                .getItem(get -> get.tableName(name)
                        .key(Keys.webhookEndpoint(endpoint.caller(), endpoint.id())
                                .attributes()))
                .item();
    }

    @Test
    void isFoundAsItWasRegistered() {
        var made = WebhookEndpoints.of("shop", "https://example.com/hook");
        var all = new WebhookEndpoint(
                made.caller(),
                made.id(),
                made.url(),
                Set.of("message.delivered", "reply.received"),
                Set.of("main", "other"),
                true,
                "orders",
                made.secrets().rotated(new SecureRandom(), NOW),
                made.health().failed(NOW),
                made.createdAt(),
                0);

        assertThat(repository.add(all)).isEqualTo(new EndpointWritten(all.withRevision(1)));

        assertThat(repository.find("shop", all.id())).contains(all.withRevision(1));
        assertThat(repository.find("other", all.id())).isEmpty();
        assertThat(repository.list("shop")).containsExactly(all.withRevision(1));
        assertThat(repository.list("sho")).isEmpty();
    }

    @Test
    void whoHasOneListensUntilTheLastIsGone() {
        assertThat(repository.callersListening()).isEmpty();
        var one = added("shop", "https://example.com/1");
        var two = added("shop", "https://example.com/2");
        added("test:shop", "https://example.com/1");
        assertThat(repository.callersListening()).containsExactlyInAnyOrder("shop", "test:shop");

        assertThat(repository.delete("shop", one.id())).isTrue();
        assertThat(repository.delete("shop", one.id())).isFalse();
        assertThat(repository.callersListening()).containsExactlyInAnyOrder("shop", "test:shop");

        assertThat(repository.delete("test:shop", two.id())).as("another's").isFalse();
        assertThat(repository.delete("shop", two.id())).isTrue();
        assertThat(repository.callersListening()).containsExactly("test:shop");
        assertThat(item(two)).isEmpty();
    }

    @Test
    void oneAddressHasOneEndpointOfACaller() {
        var one = added("shop", "https://example.com/1");
        var two = added("shop", "https://example.com/2");

        assertThat(repository.add(WebhookEndpoints.of("shop", one.url()))).isEqualTo(new AddressInUse(one.id()));
        assertThat(repository.change("shop", two.id(), seen -> at(seen, one.url())))
                .isEqualTo(new AddressInUse(one.id()));
        assertThat(repository.add(WebhookEndpoints.of("shop2", one.url()))).isInstanceOf(EndpointWritten.class);

        repository.change("shop", one.id(), seen -> at(seen, "https://example.com/3"));

        assertThat(repository.change("shop", two.id(), seen -> at(seen, one.url())))
                .isEqualTo(new EndpointWritten(at(two, one.url()).withRevision(2)));
    }

    private static WebhookEndpoint at(WebhookEndpoint seen, String url) {
        return new WebhookEndpoint(
                seen.caller(),
                seen.id(),
                url,
                seen.types(),
                seen.accounts(),
                seen.content(),
                seen.description(),
                seen.secrets(),
                seen.health(),
                seen.createdAt(),
                seen.revision());
    }

    @Test
    void ofManyWhoRegisterAtOnceTenDoAndOneOfAnAddress() throws Exception {
        IntStream.range(0, 7).forEach(i -> added("shop", "https://example.com/" + i));
        var tries = new ArrayList<Callable<EndpointChange>>();
        for (int i = 0; i < 6; i++) {
            var url = "https://example.com/new" + i / 2;
            tries.add(() -> repository.add(WebhookEndpoints.of("shop", url)));
        }
        var threads = Executors.newFixedThreadPool(6);
        try {
            var changes = new ArrayList<EndpointChange>();
            for (var tried : threads.invokeAll(tries)) {
                changes.add(tried.get());
            }

            assertThat(changes).filteredOn(EndpointWritten.class::isInstance).hasSize(3);
            assertThat(repository.list("shop"))
                    .hasSize(WebhookEndpointRepository.MOST)
                    .extracting(WebhookEndpoint::url)
                    .doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
        assertThat(repository.add(WebhookEndpoints.of("shop", "https://example.com/one-more")))
                .isEqualTo(new TooManyEndpoints());
    }

    @Test
    void theLastGoesWhileAnotherComes() throws Exception {
        for (int round = 0; round < 5; round++) {
            var caller = "shop" + round;
            var old = added(caller, "https://example.com/old");
            var threads = Executors.newFixedThreadPool(2);
            try {
                List<Callable<Object>> both = List.of(
                        () -> repository.delete(caller, old.id()), () -> added(caller, "https://example.com/new"));
                for (var done : threads.invokeAll(both)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(repository.list(caller)).hasSize(1);
            assertThat(repository.callersListening()).contains(caller);
        }
    }

    @Test
    void aChangeMeetsWhatChangesMeanwhile() {
        var seen = added("shop", "https://example.com/");
        var tries = new ArrayList<WebhookEndpoint>();

        var changed = written(repository.change("shop", seen.id(), now -> {
            tries.add(now);
            if (tries.size() == 1) {
                repository.failed(now, NOW);
            }
            return now.withSecrets(now.secrets().rotated(new SecureRandom(), NOW));
        }));

        assertThat(tries).hasSize(2);
        assertThat(changed.health().failures()).isEqualTo(1);
        assertThat(repository.find("shop", seen.id())).contains(changed);
        assertThat(repository.change("shop", "wh_none", now -> now)).isEqualTo(new NoSuchEndpoint());
        assertThat(repository.change("other", seen.id(), now -> now)).isEqualTo(new NoSuchEndpoint());
    }

    @Test
    void ofTwoWhoSawTheSameOneCountsItsFailure() {
        var seen = added("shop", "https://example.com/");

        var counted = repository.failed(seen, NOW);

        assertThat(counted.orElseThrow().health()).isEqualTo(EndpointHealth.GOOD.failed(NOW));
        assertThat(repository.failed(seen, NOW)).isEmpty();
        assertThat(repository.find("shop", seen.id())).isEqualTo(counted);
    }

    @Test
    void aSuccessWritesOnlyAfterFailures() {
        var seen = added("shop", "https://example.com/");

        assertThat(repository.succeeded(seen)).contains(seen);
        assertThat(repository.find("shop", seen.id())).contains(seen);

        var failed = repository.failed(seen, NOW).orElseThrow();
        assertThat(repository.succeeded(failed).orElseThrow().health()).isEqualTo(EndpointHealth.GOOD);
        assertThat(repository.succeeded(failed)).as("as it is no more").isEmpty();
    }

    @Test
    void isDueOnlyWhileItIsFailing() {
        var seen = added("shop", "https://example.com/");
        for (int i = 0; i < EndpointHealth.FAILING_AFTER; i++) {
            assertThat(item(seen)).doesNotContainKey("due_at");
            seen = repository.failed(seen, NOW).orElseThrow();
        }
        assertThat(item(seen).get("due_at").s()).startsWith("2026-03-01T04:01:00");

        var probed = repository.probed(seen, NOW.plusSeconds(90)).orElseThrow();
        assertThat(repository.probed(seen, NOW.plusSeconds(90)))
                .as("one of two")
                .isEmpty();
        assertThat(item(seen).get("due_at").s()).startsWith("2026-03-01T04:02:30");

        var good = repository.succeeded(probed).orElseThrow();
        assertThat(good.health()).isEqualTo(EndpointHealth.GOOD);
        assertThat(item(seen)).doesNotContainKeys("due_at", "due_shard");
    }

    @Test
    void whatSaysThatItIsGoneIsDisabledOnce() {
        var seen = added("shop", "https://example.com/");
        repository.failed(seen, NOW);

        assertThat(repository.disable(seen).orElseThrow().health().state()).isEqualTo(EndpointState.DISABLED);
        assertThat(repository.disable(seen)).isEmpty();
        assertThat(repository.disable(WebhookEndpoints.of("shop", "https://none.example.com/")))
                .isEmpty();
        var disabled = repository.find("shop", seen.id()).orElseThrow();
        assertThat(repository.succeeded(disabled)).contains(disabled);
        assertThat(repository.failed(disabled, NOW.plus(Duration.ofDays(9)))).contains(disabled);
    }

    @Test
    void whatIsDeletedIsNotWrittenAgain() {
        var seen = added("shop", "https://example.com/");
        repository.delete("shop", seen.id());

        assertThat(repository.failed(seen, NOW)).isEmpty();
        assertThat(repository.list("shop")).isEmpty();
    }
}
