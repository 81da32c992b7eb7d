package hoopoe.batch.erase;

import hoopoe.delivery.check.StatusEvidence;
import hoopoe.dispatch.Dispatch;
import hoopoe.inbox.Reply;
import hoopoe.message.PhoneNumber;
import hoopoe.store.delivery.CallbackEventRepository;
import hoopoe.store.delivery.ReferenceRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes numbers out of the callbacks about a dispatch, and sees to it that later ones do not bring them back. */
@ApplicationScoped
class CallbackEraser {

    private final StatusEvidence statusEvidence;
    private final CallbackEventRepository callbackEventRepository;
    private final ReferenceRepository referenceRepository;

    CallbackEraser(
            StatusEvidence statusEvidence,
            CallbackEventRepository callbackEventRepository,
            ReferenceRepository referenceRepository) {
        this.statusEvidence = statusEvidence;
        this.callbackEventRepository = callbackEventRepository;
        this.referenceRepository = referenceRepository;
    }

    void mark(Dispatch dispatch) {
        statusEvidence.names(dispatch).forEach(name -> referenceRepository.erased(name, dispatch.id()));
    }

    boolean isMarked(Dispatch dispatch) {
        return statusEvidence
                .names(dispatch)
                .flatMap(name -> referenceRepository.owner(name).stream())
                .filter(owner -> owner.dispatch().equals(dispatch.id()))
                .allMatch(ReferenceRepository.Owner::erased);
    }

    /** @param message the number of the person's message. @return how many callbacks it was */
    int erase(Dispatch dispatch, PhoneNumber number, int message) {
        return erase(
                statusEvidence.events(dispatch).stream()
                        .filter(kept -> number.equals(kept.event().to()))
                        .toList(),
                message);
    }

    /** The callback that brought a reply. */
    int erase(Reply reply) {
        var written = Optional.ofNullable(reply.sms().reference()).stream()
                .flatMap(reference -> statusEvidence.names(reply.sms().account(), reference))
                .flatMap(name -> callbackEventRepository.of(name).stream())
                .filter(kept ->
                        reply.id().equals(kept.event().reply()) && kept.event().to() != null)
                .toList();
        return erase(written, reply.message());
    }

    private int erase(List<CallbackEventRepository.Kept> callbacks, @Nullable Integer message) {
        callbacks.forEach(kept -> callbackEventRepository.erase(kept, message));
        return callbacks.size();
    }
}
