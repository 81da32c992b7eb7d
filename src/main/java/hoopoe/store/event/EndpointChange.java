package hoopoe.store.event;

import hoopoe.event.WebhookEndpoint;

/** How the registration or the change of a webhook endpoint ended. */
public sealed interface EndpointChange {

    /** @param endpoint as it is stored now */
    record EndpointWritten(WebhookEndpoint endpoint) implements EndpointChange {}

    /** @param id the caller's other endpoint of this address */
    record AddressInUse(String id) implements EndpointChange {}

    /** The caller has as many as they may have. */
    record TooManyEndpoints() implements EndpointChange {}

    record NoSuchEndpoint() implements EndpointChange {}
}
