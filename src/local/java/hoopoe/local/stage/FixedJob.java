package hoopoe.local.stage;

import hoopoe.local.wire.Answer;
import hoopoe.local.wire.Job;

/** A request with nothing to do behind it. */
public record FixedJob(String operation, Answer answer) implements Job {}
