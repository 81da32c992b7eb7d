package hoopoe.batch.create;

import hoopoe.account.Account;
import hoopoe.batch.Batch;
import hoopoe.batch.Batch.Content;
import hoopoe.batch.Batch.Progress;
import hoopoe.batch.Batch.SendWindow;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Lifetime;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Dispatch;
import hoopoe.dispatch.DispatchId;
import hoopoe.dispatch.send.ReservationFactory;
import hoopoe.message.ReceivedIds;
import hoopoe.message.Ulid;
import hoopoe.observability.LogContext;
import hoopoe.provider.Capabilities;
import hoopoe.store.batch.NewBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A validated batch, ready to be stored. */
record PreparedBatch(Batch batch, List<List<Recipient>> dispatches, List<InvalidRecipient> rejected) {

    /** How long reports and callers may ask about a batch after its end. */
    private static final Duration RETENTION = Duration.ofDays(90);

    /** How long after the last validity a late delivery report may come. */
    private static final Duration LATE = Duration.ofHours(72);

    static PreparedBatch of(
            String id,
            String caller,
            Account account,
            Capabilities capabilities,
            BatchRequest request,
            BatchValidator batchValidator) {
        var dispatches = DispatchPartitioner.of(batchValidator.accepted(), capabilities.dispatchSize());
        var created = Ulid.time(id.substring(Batch.PREFIX.length()));
        var validity = Objects.requireNonNullElse(batchValidator.validity(), capabilities.defaultValidity());
        var sendAt = later(created, batchValidator.sendAt() == null ? created : batchValidator.sendAt());
        var lastSendAt = lastSendAt(sendAt, batchValidator.accepted());
        var content = new Content(
                batchValidator.text(),
                Objects.requireNonNullElse(request.subject(), ""),
                request.reference(),
                request.binary());
        var window =
                new SendWindow(batchValidator.sendAt(), batchValidator.validity(), sendAt.plus(validity), lastSendAt);
        var batch = new Batch(
                id,
                caller,
                account.name(),
                content,
                window,
                batchValidator.accepted().size(),
                batchValidator.rejected().size(),
                DispatchPartitioner.ranges(dispatches),
                batchValidator.summary().json(),
                Progress.accepted(dispatches.size() == 1),
                new Lifetime(created, lastSendAt.plus(validity).plus(LATE).plus(RETENTION)),
                LogContext.correlation());
        return new PreparedBatch(batch, dispatches, batchValidator.rejected());
    }

    boolean isOneDispatch() {
        return dispatches.size() == 1;
    }

    /** With a first dispatch that waits for the stream or the tick. */
    NewBatch waiting(Instant due) {
        return new NewBatch(batch, Dispatch.waiting(batch, 0, dispatches.get(0).size(), due), dispatches, rejected);
    }

    /** With a first dispatch that is claimed by the invocation that stores it. */
    NewBatch claimed(Instant deadline, ReservationFactory reservationFactory) {
        var to = dispatches.get(0);
        var reservation = reservationFactory.of(new DispatchId(batch.id(), 0), 0, to);
        var first = Dispatch.claimed(batch, 0, to.size(), deadline, reservation.reference());
        return new NewBatch(batch, first, reservation, dispatches, rejected);
    }

    /** JSON pointers to the recipients that answer these messages. */
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
                .reduce(sendAt, PreparedBatch::later);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
