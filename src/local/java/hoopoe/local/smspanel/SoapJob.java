package hoopoe.local.smspanel;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Work;
import java.time.Duration;

/** One parsed call, with the faults that are planned for it. */
record SoapJob(SoapCall call, Endpoint door) implements Job, Work {

    @Override
    public String operation() {
        return call.operation().wireName();
    }

    @Override
    public Answer answer() {
        return door.faults().take(operation()).map(fault -> fault.strike(this)).orElseGet(this::carryOut);
    }

    @Override
    public Answer carryOut() {
        try {
            return answer(door.result(call));
        } catch (SoapFault fault) {
            return SoapAnswer.fault(fault, door.switches());
        }
    }

    /** An {@code ErrCode} 0 with that {@code result}. */
    @Override
    public Answer saying(String result) {
        return answer(ErrCode.done(call.operation(), new Php.Text(result)));
    }

    @Override
    public Answer refusing(int code) {
        return answer(ErrCode.of(call.operation(), code));
    }

    @Override
    public Answer failing(String message) {
        return SoapAnswer.fault(SoapFault.service(message), door.switches());
    }

    @Override
    public void pause(Duration time) {
        door.pause(time);
    }

    private Answer answer(Php value) {
        return SoapAnswer.result(call.operation(), value, door.switches());
    }
}
