package hoopoe.batch.erase;

import hoopoe.access.Grant;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Erasure;
import hoopoe.batch.Erasure.ErasureCounts;
import hoopoe.event.Event;
import hoopoe.event.WebhookDelivery;
import hoopoe.event.WebhookEndpoint;
import hoopoe.message.PhoneNumber;
import hoopoe.store.delivery.CallbackQuarantine;
import hoopoe.store.event.WebhookDeliveryRepository;
import hoopoe.store.event.WebhookEndpointRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/** Takes a person out of what was kept to be tried or looked at again: posts to webhook endpoints, unreadable callbacks. */
@ApplicationScoped
class TraceEraser {

    /** Deliveries of one step. */
    private static final int TOGETHER = 100;

    /** Digits at the end of a number that are there however it is written. */
    private static final int DIGITS = 9;

    private final Accounts accounts;
    private final WebhookEndpointRepository endpoints;
    private final WebhookDeliveryRepository deliveries;
    private final CallbackQuarantine callbackQuarantine;

    TraceEraser(
            Accounts accounts,
            WebhookEndpointRepository endpoints,
            WebhookDeliveryRepository deliveries,
            CallbackQuarantine callbackQuarantine) {
        this.accounts = accounts;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.callbackQuarantine = callbackQuarantine;
    }

    /**
     * The next deliveries that are kept with what they say: none of the person is posted any more.
     *
     * @return empty where none is left; the same where another worker writes one
     */
    Optional<Erasure> deliveries(Erasure erasure) {
        var endpoint = erasure.cursor().replaceFirst(" .*", "");
        var next = endpoints.list(erasure.caller()).stream()
                .map(WebhookEndpoint::id)
                .filter(id -> id.compareTo(endpoint) >= 0)
                .sorted()
                .findFirst();
        return next.map(id -> deliveries(erasure, id, id.equals(endpoint) ? erasure.cursor() : id + ' '));
    }

    private Erasure deliveries(Erasure erasure, String endpoint, String cursor) {
        var from = cursor.substring(endpoint.length() + 1);
        var number = '"' + number(erasure).e164() + '"';
        var page = deliveries.oldest(endpoint, from.isEmpty() ? Event.PREFIX : from, TOGETHER);
        var last = from;
        int erased = 0;
        for (var delivery : page) {
            if (isAbout(delivery, number, erasure.created())) {
                if (deliveries.put(delivery.forgotten()).isEmpty()) {
                    return erasure.at(endpoint + ' ' + last, new ErasureCounts(0, 0, 0, erased));
                }
                erased++;
            }
            last = delivery.event();
        }
        // Sorts behind all events of the endpoint, and before the next endpoint.
        var place = page.size() < TOGETHER ? endpoint + "~ " : endpoint + ' ' + last;
        return erasure.at(place, new ErasureCounts(0, 0, 0, erased));
    }

    private static boolean isAbout(WebhookDelivery delivery, String number, Instant before) {
        return delivery.body() != null
                && delivery.body().contains(number)
                && !Event.time(delivery.event()).isAfter(before);
    }

    private static PhoneNumber number(Erasure erasure) {
        return Objects.requireNonNull(erasure.number());
    }

    /** The unreadable callbacks of the next account. @return empty where none is left */
    Optional<Erasure> quarantine(Erasure erasure, Instant now) {
        var e164 = number(erasure).e164();
        var digits = e164.substring(Math.max(1, e164.length() - DIGITS));
        return accounts.all().stream()
                .filter(account -> Grant.reaches(erasure.caller(), account.simulated()))
                .map(Account::name)
                .filter(name -> name.compareTo(erasure.cursor()) > 0)
                .sorted()
                .findFirst()
                .map(name -> erasure.at(
                        name,
                        new ErasureCounts(
                                0,
                                0,
                                callbackQuarantine.erase(name, LocalDate.ofInstant(now, ZoneOffset.UTC), digits),
                                0)));
    }
}
