package hoopoe.local.every8d;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;
import hoopoe.local.wire.Work;
import java.time.Duration;

/** One parsed call, with the faults that are planned for it. */
record SoapJob(Soap soap, SoapCall call, Endpoint door) implements Job, Work {

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
        return saying(door.result(call));
    }

    @Override
    public Answer saying(String result) {
        return SoapAnswer.result(soap, call.operation(), result, door.emptyResult());
    }

    @Override
    public Answer refusing(int code) {
        return saying(door.refusal(call.operation(), code));
    }

    @Override
    public Answer failing(String message) {
        return SoapAnswer.fault(soap, SoapFault.service(message));
    }

    @Override
    public void pause(Duration time) {
        door.pause(time);
    }
}
