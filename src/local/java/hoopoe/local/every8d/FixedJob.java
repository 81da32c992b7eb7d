package hoopoe.local.every8d;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;

/** A request with nothing to do behind it. */
record FixedJob(String operation, Answer answer) implements Job {}
