package hoopoe.delivery.callback;

import hoopoe.account.Account;
import hoopoe.batch.Batch;
import hoopoe.delivery.CallbackEvent;
import hoopoe.delivery.ProviderReference;
import hoopoe.dispatch.DispatchId;
import hoopoe.inbox.InboundSms;
import hoopoe.inbox.NewReply;
import hoopoe.message.PhoneNumber;
import hoopoe.observability.LogContext;
import hoopoe.observability.Metric;
import hoopoe.observability.Metrics;
import hoopoe.provider.CallbackContent;
import hoopoe.provider.CallbackRequest;
import hoopoe.store.batch.BatchRepository;
import hoopoe.store.delivery.CallbackCorrelator;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.delivery.CheckRepository;
import hoopoe.store.delivery.ReferenceRepository.Owner;
import hoopoe.store.inbox.ReplyRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Handles the callbacks of providers. In this order, for a repeat too: the callback is stored; its reference is read strongly,
 * or learnt from the echo of our subject; the dispatch counts it and is due soon. So no stored callback stays unmerged,
 * wherever a process dies: without our response the provider repeats it.
 */
@ApplicationScoped
public class CallbackHandler {

    private static final Logger LOG = Logger.getLogger(CallbackHandler.class);

    private final CallbackReader callbackReader;
    private final BatchRepository batchRepository;
    private final CallbackEventRepository callbackEventRepository;
    private final CallbackCorrelator callbackCorrelator;
    private final ReplyRepository replyRepository;
    private final CheckRepository checkRepository;
    private final Metrics metrics;

    public CallbackHandler(
            CallbackReader callbackReader,
            BatchRepository batchRepository,
            CallbackEventRepository callbackEventRepository,
            CallbackCorrelator callbackCorrelator,
            ReplyRepository replyRepository,
            CheckRepository checkRepository,
            Metrics metrics) {
        this.callbackReader = callbackReader;
        this.batchRepository = batchRepository;
        this.callbackEventRepository = callbackEventRepository;
        this.callbackCorrelator = callbackCorrelator;
        this.replyRepository = replyRepository;
        this.checkRepository = checkRepository;
        this.metrics = metrics;
    }

    /**
     * Stores a callback. Throws only where the table fails or the account's provider is unknown, so that the provider repeats
     * the callback. An unreadable callback is quarantined, because a repeat would not help.
     */
    public void take(Account account, CallbackRequest request) {
        var read = callbackReader.read(account, request);
        if (read instanceof CallbackContent.DeliveryCallback deliveryCallback) {
            take(account, request, deliveryCallback);
        } else if (read instanceof CallbackContent.ReplyCallback replyCallback) {
            take(account, replyCallback);
        } else if (read instanceof CallbackContent.UnreadableCallback unreadableCallback) {
            callbackReader.quarantine(account, request, unreadableCallback.reason());
        }
    }

    private void take(Account account, CallbackRequest request, CallbackContent.DeliveryCallback deliveryCallback) {
        var said = said(
                account, Optional.of(deliveryCallback.reference()), deliveryCallback.token(), deliveryCallback.to());
        if (said.isEmpty()) {
            callbackReader.quarantine(account, request, "no reference");
            return;
        }
        var providerReference = said.get().reference();
        var owner = said.get().owner();
        var to = callbackCorrelator.storable(deliveryCallback.to(), account.name(), owner, deliveryCallback.token());
        var kept = callbackEventRepository.keep(
                providerReference,
                deliveryCallback.identity(),
                CallbackEvent.delivery(to, deliveryCallback.fact(), deliveryCallback.sentAt()),
                owner.map(Owner::expires).orElse(null));
        if (!isCounted(providerReference, known(said.get()), deliveryCallback.token(), deliveryCallback.to()) && kept) {
            metrics.count(Metric.ORPHAN_EVENTS, account.name(), 1);
        }
    }

    private void take(Account account, CallbackContent.ReplyCallback replyCallback) {
        var said = said(account, replyCallback.reference(), replyCallback.token(), replyCallback.from());
        var owner = said.flatMap(HandledCallback::owner);
        replyRepository.keep(
                reply(account, replyCallback, said),
                said.map(HandledCallback::reference).orElse(null),
                replyCallback.identity(),
                owner.map(Owner::expires).orElse(null));
        said.filter(named -> !isCounted(named.reference(), known(named), replyCallback.token(), replyCallback.from()))
                .ifPresent(orphan -> metrics.count(Metric.ORPHAN_EVENTS, account.name(), 1));
    }

    /**
     * The reference by which a callback names its dispatch.
     *
     * @param owner of the reference, as far as it is known before the callback is stored
     * @param isEchoed whether only our token names the dispatch, and has to be stored yet
     */
    private record HandledCallback(ProviderReference reference, Optional<Owner> owner, boolean isEchoed) {}

    /** Empty where the callback names nothing. */
    private Optional<HandledCallback> said(
            Account account, Optional<String> written, Optional<String> token, @Nullable PhoneNumber number) {
        return written.filter(text -> !text.isBlank())
                .map(text -> new ProviderReference(account.provider(), account.name(), text))
                .map(providerReference -> new HandledCallback(
                        providerReference, callbackCorrelator.owner(providerReference, token, number), false))
                .or(() -> token.flatMap(
                                named -> callbackCorrelator.find(account.provider(), account.name(), named, number))
                        .map(echo -> new HandledCallback(
                                echo.name(),
                                Optional.of(new Owner(
                                        echo.dispatch().id(),
                                        echo.dispatch().lifetime().expires(),
                                        true)),
                                true)));
    }

    private Optional<Owner> known(HandledCallback handledCallback) {
        return handledCallback.isEchoed() ? Optional.empty() : handledCallback.owner();
    }

    private NewReply reply(
            Account account, CallbackContent.ReplyCallback replyCallback, Optional<HandledCallback> said) {
        var batch = said.flatMap(HandledCallback::owner)
                .flatMap(owner -> batchRepository.find(owner.dispatch().batch()));
        return new NewReply(
                new InboundSms(
                        account.name(),
                        replyCallback.from(),
                        replyCallback.to().orElse(null),
                        replyCallback.at(),
                        replyCallback.text(),
                        said.map(HandledCallback::reference)
                                .map(ProviderReference::written)
                                .orElse(null),
                        replyCallback.receivedId().orElse(null)),
                replyCallback.id().orElse(null),
                batch.map(Batch::id).orElse(null),
                batch.map(Batch::caller).orElse(null),
                replyCallback.shared());
    }

    /**
     * @param before the owner before the callback was stored: it still is; an absent owner has to be read again
     * @return false where no dispatch owns the reference
     */
    private boolean isCounted(
            ProviderReference providerReference,
            Optional<Owner> before,
            Optional<String> token,
            @Nullable PhoneNumber number) {
        var dispatch = before.or(() -> callbackCorrelator.owner(providerReference, token, number))
                .map(Owner::dispatch)
                .or(() -> token.flatMap(named -> named(providerReference, named, number)));
        dispatch.ifPresent(checkRepository::count);
        return dispatch.isPresent();
    }

    private Optional<DispatchId> named(
            ProviderReference providerReference, String token, @Nullable PhoneNumber number) {
        var named = callbackCorrelator.name(providerReference, token, number);
        named.ifPresent(
                known -> metrics.count(Metric.MESSAGES_SUBMITTED, providerReference.account(), known.confirmed()));
        var dispatch = named.map(CallbackCorrelator.Named::dispatch);
        dispatch.ifPresent(id ->
                trail(providerReference, id).follow(() -> LOG.infof("%s is known by the echo of its subject", id)));
        return dispatch;
    }

    /** Logs with the correlation id of the request that made the batch. */
    private LogContext trail(ProviderReference providerReference, DispatchId dispatch) {
        var correlation =
                batchRepository.find(dispatch.batch()).map(Batch::correlation).orElse(null);
        return LogContext.of(correlation)
                .account(providerReference.account())
                .batch(dispatch.batch())
                .dispatch(dispatch.n());
    }
}
