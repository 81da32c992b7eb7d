package hoopoe.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void pollIsOnTheClock() {
        assertThat(ours.function("poll").schedules())
                .containsExactly(new ScheduleDefinition("rate(1 minute)", "aws.scheduler", null));
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
}
