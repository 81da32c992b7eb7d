package hoopoe.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateReaderTest {

    private final Template ours = Template.read(Path.of("template.yaml"));

    @TempDir
    private Path folder;

    @Test
    void functionsTakeWhatTheyDoNotSayFromGlobals() {
        assertThat(ours.function("send").timeout()).isEqualTo(Duration.ofSeconds(28));
        assertThat(ours.function("dispatch").timeout()).isEqualTo(Duration.ofSeconds(300));
        assertThat(ours.function("poll").timeout()).isEqualTo(Duration.ofSeconds(55));
        assertThat(ours.function("poll").environment())
                .containsEntry("QUARKUS_FUNQY_EXPORT", "poll")
                .containsEntry("DISABLE_SIGNAL_HANDLERS", "true");
    }

    @Test
    void aReferenceIsItsParametersDefaultAndUnknownValuesAreLeftOut() {
        assertThat(ours.function("send").environment())
                .containsEntry("HOOPOE_ACCOUNTS_JSON", "{}")
                .containsEntry("HOOPOE_METRICS_NAMESPACE", "Hoopoe/local")
                .doesNotContainKey("HOOPOE_STORE_TABLE");
    }

    @Test
    void theLimitsAreTheirParametersDefaults() {
        assertThat(ours.throttle())
                .contains(new ThrottleDefinition(
                        Integer.parseInt(ours.parameter("RateLimit")), Integer.parseInt(ours.parameter("BurstLimit"))));
    }

    @Test
    void routesKeepTheirPathVariables() {
        assertThat(ours.function("callback").routes())
                .extracting(RouteDefinition::key)
                .containsExactly(
                        "GET /callbacks/{account}/{token}",
                        "POST /callbacks/{account}/{token}",
                        "HEAD /callbacks/{account}/{token}");
    }

    @Test
    void theStreamMappingIsReadWhole() {
        var stream = ours.function("dispatch").streams().get(0);

        assertThat(stream.filters()).hasSize(1);
        assertThat(stream.batchSize()).isEqualTo(10);
        assertThat(stream.parallelization())
                .isEqualTo(Integer.parseInt(ours.parameter("StreamParallelization")))
                .isOne();
        assertThat(stream.retries()).isEqualTo(3);
        assertThat(stream.maxAge()).isEqualTo(Duration.ofSeconds(600));
        assertThat(stream.itemFailures()).isTrue();
        assertThat(stream.bisect()).isTrue();
    }

    /** No worker is named twice, and none is missing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void pollIsOnTheClockOnceForEachWorker(int workers) {
        var poll = Template.read(Path.of("template.yaml"), Map.of("PollWorkers", String.valueOf(workers)))
                .function("poll");

        assertThat(poll.schedules())
                .containsExactlyElementsOf(IntStream.range(0, workers)
                        .mapToObj(worker -> new ScheduleDefinition(
                                "rate(1 minute)",
                                "aws.scheduler",
                                "{\"worker\": %d, \"of\": %d}".formatted(worker, workers)))
                        .toList());
        assertThat(ours.parameter("PollWorkers")).isEqualTo("1");
    }

    @Test
    void theTableComesFromTheNestedStack() {
        assertThat(ours.table().keys()).containsExactly("pk", "sk");
        assertThat(ours.table().indexes())
                .contains(new TableDefinition.Index("due", List.of("due_shard", "due_at"), "KEYS_ONLY"));
        assertThat(ours.table().expiry()).isEqualTo("expires_at");
        assertThat(ours.table().streamView()).isEqualTo("NEW_IMAGE");
    }

    @Test
    void anEventThatTheStackDoesNotKnowIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), """
                Resources:
                  Odd:
                    Type: AWS::Serverless::Function
                    Properties:
                      Role: !If [Here, !GetAtt Role.Arn, !Sub 'arn:${AWS::Partition}:x']
                      Environment: { Variables: { QUARKUS_FUNQY_EXPORT: odd } }
                      Events:
                        Mail: { Type: SNS, Properties: { Topic: !Ref Topic } }
                """);

        assertThatThrownBy(() -> Template.read(file)).hasMessage("event of type SNS");
    }

    /** What calls a function is read wherever it is nested; what a stack is handed, and its conditions, decide. */
    @Test
    void nestedStacksCallTheFunctionsOfTheTemplateAboveThem() throws IOException {
        Files.writeString(folder.resolve("data.yaml"), """
                Resources:
                  Table: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: NEW_IMAGE } } }
                """);
        Files.writeString(folder.resolve("clock.yaml"), """
                Parameters: { Odd: { Type: String }, Workers: { Type: Number, Default: 1 } }
                Conditions:
                  Two: !Not [!Equals [!Ref Workers, 1]]
                  Four: !And [!Condition Two, !Or [!Equals [!Ref Workers, 4], !Equals [!Ref Workers, 8]]]
                Resources:
                  First: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: rate(1 minute), Target: { Arn: !Ref Odd, Input: !Sub '{"of": ${Workers}}' } } }
                  Second: { Type: AWS::Scheduler::Schedule, Condition: Two, Properties: { ScheduleExpression: rate(2 minutes), Target: { Arn: !Ref Odd } } }
                  Third: { Type: AWS::Scheduler::Schedule, Condition: Four, Properties: { ScheduleExpression: rate(3 minutes), Target: { Arn: !Ref Odd } } }
                  Changes: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref Odd, BatchSize: !If [Two, 20, 10] } }
                """);
        var file = Files.writeString(folder.resolve("template.yaml"), """
                Parameters: { Workers: { Type: Number, Default: 1 } }
                Resources:
                  Clock: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: clock.yaml, Parameters: { Odd: !Ref OddFunction.Alias, Workers: !Ref Workers } } }
                  Data: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: data.yaml } }
                  OddFunction: { Type: AWS::Serverless::Function, Properties: { Environment: { Variables: { QUARKUS_FUNQY_EXPORT: odd } } } }
                """);

        var one = Template.read(file);
        assertThat(one.table().streamView()).isEqualTo("NEW_IMAGE");
        assertThat(one.function("odd").schedules())
                .containsExactly(new ScheduleDefinition("rate(1 minute)", "aws.scheduler", "{\"of\": 1}"));
        assertThat(one.function("odd").streams())
                .extracting(StreamDefinition::batchSize)
                .containsExactly(10);

        var two = Template.read(file, Map.of("Workers", "2")).function("odd");
        assertThat(two.schedules())
                .containsExactly(
                        new ScheduleDefinition("rate(1 minute)", "aws.scheduler", "{\"of\": 2}"),
                        new ScheduleDefinition("rate(2 minutes)", "aws.scheduler", null));
        assertThat(two.streams()).extracting(StreamDefinition::batchSize).containsExactly(20);

        assertThat(Template.read(file, Map.of("Workers", "4")).function("odd").schedules())
                .hasSize(3);
    }
}
