package hoopoe.local.template;

import static hoopoe.local.template.Practice.attribute;
import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;
import static hoopoe.local.template.Practice.without;

import java.util.List;
import java.util.Map;

/** Where failed events go, and which function can use up which capacity. */
final class FailurePractices {

    private static final String RESOURCES = "/template/Resources";
    private static final String POLL = RESOURCES + "/PollFunction/Properties";
    private static final String SCHEDULE = "AWS::Scheduler::Schedule";
    private static final String TICK = "/clock/Resources/Worker3/Properties";
    private static final String STREAM = "/sources/Resources/Unclaimed/Properties";
    private static final String CHANGED = "/sources/Resources/Changed/Properties";
    private static final String FAILURES = RESOURCES + "/Failures/Properties";

    private FailurePractices() {}

    static List<Practice> all() {
        return List.of(
                value("a failed tick is not tried again", POLL + "/EventInvokeConfig/MaximumRetryAttempts", 0),
                schedules("a tick is not called again either", "/Target/RetryPolicy/MaximumRetryAttempts", 0),
                schedules(
                        "a tick that cannot be called is kept",
                        "/Target/DeadLetterConfig/Arn",
                        Practice.ref("Failures")),
                schedules("every worker ticks once a minute", "/ScheduleExpression", "rate(1 minute)"),
                value("one worker does all unless said", "/template/Parameters/PollWorkers/Default", 1),
                value("a tick does not wait for the next", POLL + "/EventInvokeConfig/MaximumEventAgeInSeconds", 60),
                value(
                        "failed stream records are kept",
                        STREAM + "/DestinationConfig/OnFailure/Destination",
                        Practice.ref("Failures")),
                value(
                        "the stream is the table's",
                        RESOURCES + "/Sources/Properties/Parameters/Stream",
                        attribute("Data.Outputs.StreamArn")),
                value("dispatch reads that stream", STREAM + "/EventSourceArn", Practice.ref("Stream")),
                value("publish reads that stream", CHANGED + "/EventSourceArn", Practice.ref("Stream")),
                value(
                        "the stream waits for who may read it",
                        "/sources/Resources/Unclaimed/DependsOn",
                        "DispatchReads"),
                value("so does the other reader", "/sources/Resources/Changed/DependsOn", "PublishReads"),
                value("callbacks of a dispatch are looked at together", CHANGED + "/MaximumBatchingWindowInSeconds", 1),
                value(
                        "a stream record says that it failed",
                        STREAM + "/FunctionResponseTypes",
                        List.of("ReportBatchItemFailures")),
                value("a bad stream record is singled out", STREAM + "/BisectBatchOnFunctionError", true),
                value(
                        "how many read a shard is a parameter",
                        STREAM + "/ParallelizationFactor",
                        Practice.ref("Parallelization")),
                value(
                        "how many webhooks are called at once is a parameter",
                        "/sources/Resources/Posted/Properties/ScalingConfig/MaximumConcurrency",
                        Practice.ref("WebhookCalls")),
                value("one reads a shard unless said", "/template/Parameters/StreamParallelization/Default", 1),
                value("a stream record is not tried for ever", STREAM + "/MaximumRetryAttempts", 3),
                value("an old stream record is left to the tick", STREAM + "/MaximumRecordAgeInSeconds", 600),
                practice(
                        "only new dispatches wake a function",
                        documents -> documents
                                .at(STREAM + "/FilterCriteria/Filters")
                                .toString()
                                .contains("INSERT"),
                        without(STREAM + "/FilterCriteria")),
                value("failures are kept as long as SQS can", FAILURES + "/MessageRetentionPeriod", 1_209_600),
                value("failures are encrypted", FAILURES + "/SqsManagedSseEnabled", true),
                share(
                        "the provider's pacing limits dispatch",
                        "DispatchFunction",
                        "DispatchIsPaced",
                        "DispatchConcurrency"),
                share(
                        "callbacks have a share of their own",
                        "CallbackFunction",
                        "CallbackIsReserved",
                        "CallbackConcurrency"),
                practice(
                        "a new account, of which nothing can be reserved, can have it",
                        documents -> documents.has("/template/Parameters/DispatchConcurrency/Default", 0)
                                && documents.has("/template/Parameters/CallbackConcurrency/Default", 0),
                        with("/template/Parameters/DispatchConcurrency/Default", 5)));
    }

    /** What all schedules have. */
    private static Practice schedules(String name, String pointer, Object value) {
        return practice(
                name,
                documents -> documents.resources("clock", SCHEDULE).values().stream()
                        .allMatch(schedule -> Documents.has(schedule, pointer, value)),
                without(TICK + pointer));
    }

    private static Practice share(String name, String function, String condition, String parameter) {
        return value(
                name,
                RESOURCES + "/" + function + "/Properties/ReservedConcurrentExecutions",
                Map.of("Fn::If", List.of(condition, Practice.ref(parameter), Practice.ref("AWS::NoValue"))));
    }
}
