package hoopoe.batch.admission;

import hoopoe.batch.sending.Staking;
import hoopoe.observability.LogContext;
import hoopoe.message.ReceivedIds;
import hoopoe.message.Ulid;
import hoopoe.account.Account;
import hoopoe.provider.Capabilities;
import hoopoe.store.Batch;
import hoopoe.store.Dispatch;
import hoopoe.store.DispatchId;
import hoopoe.store.NewBatch;
import hoopoe.store.Recipient;
import hoopoe.store.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A batch as it would be stored. */
record Draft(Batch batch, List<List<Recipient>> dispatches, List<Rejected> rejected) {

    /** How long reports and people may ask about a batch after all is over. */
    private static final Duration RETENTION = Duration.ofDays(90);

    /** How long after the last validity late evidence may come. */
    private static final Duration LATE = Duration.ofHours(72);

    static Draft of(
            String id, String caller, Account account, Capabilities capabilities, BatchRequest request, Intake intake) {
        var dispatches = Cut.of(intake.accepted(), capabilities.dispatchSize());
        var created = Ulid.time(id.substring(Batch.PREFIX.length()));
        var validity = Objects.requireNonNullElse(intake.validity(), capabilities.defaultValidity());
        var sendAt = later(created, intake.sendAt() == null ? created : intake.sendAt());
        var lastSendAt = lastSendAt(sendAt, intake.accepted());
        var batch = new Batch(
                id,
                caller,
                account.name(),
                created,
                intake.text(),
                Objects.requireNonNullElse(request.subject(), ""),
                request.reference(),
                intake.sendAt(),
                intake.validity(),
                request.binary(),
                sendAt.plus(validity),
                lastSendAt,
                intake.accepted().size(),
                intake.rejected().size(),
                Cut.ranges(dispatches),
                intake.summary().json(),
                dispatches.size() == 1,
                null,
                Set.of(),
                lastSendAt.plus(validity).plus(LATE).plus(RETENTION),
                LogContext.correlation());
        return new Draft(batch, dispatches, intake.rejected());
    }

    boolean isOneDispatch() {
        return dispatches.size() == 1;
    }

    /** To be taken from the stream, or by whoever finds it due. */
    NewBatch waiting(Instant due) {
        return new NewBatch(batch, Dispatch.waiting(batch, 0, dispatches.get(0).size(), due), dispatches, rejected);
    }

    /** To be sent by whoever stores it. */
    NewBatch claimed(Instant deadline, Staking staking) {
        var to = dispatches.get(0);
        var stake = staking.of(new DispatchId(batch.id(), 0), 0, to);
        var first = Dispatch.claimed(batch, 0, to.size(), deadline, stake.reference());
        return new NewBatch(batch, first, stake, dispatches, rejected);
    }

    /** Where a message is that answers one of these. */
    List<String> pointers(List<String> receivedIds) {
        return dispatches.stream()
                .flatMap(List::stream)
                .filter(to -> to.receivedId() != null && receivedIds.contains(ReceivedIds.canonical(to.receivedId())))
                .map(to -> "/recipients/" + to.n() + "/received_id")
                .toList();
    }

    private static Instant lastSendAt(Instant sendAt, List<Recipient> recipients) {
        return recipients.stream()
                .map(Recipient::sendAt)
                .flatMap(Stream::ofNullable)
                .reduce(sendAt, Draft::later);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
