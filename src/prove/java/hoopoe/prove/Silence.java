package hoopoe.prove;

import hoopoe.prove.Scheduler.Fault;

/** A provider did not answer. */
final class Silence extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What may happen to a call of a provider. */
    static final Fault[] CALL = {
        Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.FREEZE_BEFORE, Fault.FREEZE_AFTER, Fault.LOST, Fault.UNREACHED
    };

    static final Scheduler.Failing SILENT = new Scheduler.Failing() {
        @Override
        public RuntimeException lost() {
            return new Silence();
        }

        @Override
        public RuntimeException conflict() {
            return new Silence();
        }
    };
}
