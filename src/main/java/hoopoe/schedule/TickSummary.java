package hoopoe.schedule;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a tick did.
 *
 * @param due items that were due
 * @param oldestSeconds for how long the oldest of them has been due; 0 where there was none
 * @param spread batches whose dispatches are all created now
 * @param reaped dispatches whose lease had ended
 * @param received messages that inboxes brought
 * @param held dispatches that still waited to be sent
 * @param checked dispatches that were checked
 * @param putOff dispatches that were put off to make room for others
 * @param failed pieces of work that failed by our own fault
 */
@RegisterForReflection
public record TickSummary(
        int due,
        long oldestSeconds,
        int spread,
        int reaped,
        int received,
        int held,
        int checked,
        int putOff,
        int failed) {}
