package hoopoe.prove.fuzz;

import hoopoe.provider.SendOutcome;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.SendOutcome.Unconfirmed;

/** What holds for the outcome of every send. */
public final class Outcomes {

    private Outcomes() {}

    /** Whatever it says can be stored. */
    public static void areWhole(SendOutcome outcome) {
        if (outcome instanceof Accepted accepted) {
            Probe.whole(accepted.reference(), accepted.note());
            accepted.results().forEach(one -> Probe.whole(one.id(), one.code(), one.text()));
        } else if (outcome instanceof Rejected rejected) {
            Probe.whole(rejected.code(), rejected.text());
        } else if (outcome instanceof Unconfirmed unconfirmed) {
            Probe.whole(
                    unconfirmed.code(),
                    unconfirmed.text(),
                    unconfirmed.reference().orElse(null));
        } else if (outcome instanceof NotSent notSent) {
            Probe.whole(notSent.code(), notSent.text());
        }
    }
}
