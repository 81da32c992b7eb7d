package hoopoe.local.every8d;

import hoopoe.local.stage.CallbackClient;
import hoopoe.local.stage.CallbackRepeater;
import hoopoe.local.stage.Switches;
import java.net.URI;
import java.time.Instant;
import java.util.function.Consumer;

/** Reports results of messages to customers; one that is not answered by exactly 200 is repeated ten times (document §3.1). */
final class CallbackSender extends CallbackRepeater {
    private static final int REPEATS = 10;

    private final Switches switches;
    private final CallbackQuery query;

    CallbackSender(Switches switches, Consumer<Runnable> again, String name) {
        super(name, REPEATS, false, again);
        this.switches = switches;
        this.query = new CallbackQuery(switches);
    }

    void report(Batch batch, Row row, Instant at) {
        // a report carries the text that was sent, not a reply
        call(batch, query.of(batch, row, at, row.status, row.order.text()));
    }

    void reply(Batch batch, Row row, Row.Reply reply) {
        call(batch, query.of(batch, row, reply.at(), Row.REPLY, reply.text()));
    }

    private void call(Batch batch, String parameters) {
        if (switches.is(Switch.Callbacks.ON)) {
            batch.account().callback().ifPresent(base -> add(join(base, parameters)));
        }
    }

    private static URI join(URI base, String parameters) {
        return URI.create(base + (base.getRawQuery() == null ? "?" : "&") + parameters);
    }

    @Override
    protected boolean isTaken(CallbackClient.Answer answer) {
        return answer.status() == 200;
    }

    @Override
    protected boolean isTwice() {
        return switches.is(Switch.CallbackTimes.TWICE);
    }

    @Override
    protected boolean isReversed() {
        return switches.is(Switch.CallbackOrder.REVERSED);
    }
}
