package hoopoe.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hoopoe.access.Scope;
import hoopoe.api.http.ProblemCatalogue;
import hoopoe.contract.OpenApi.Operation;
import hoopoe.contract.OpenApi.Response;
import hoopoe.event.EventType;
import hoopoe.local.template.RouteDefinition;
import hoopoe.local.template.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document against the template, the catalogue and itself. */
class OpenApiTest {

    private final OpenApi document = OpenApi.read();

    @Test
    void everyRouteIsDescribed() {
        assertThat(document.operations())
                .extracting(Operation::route)
                .containsExactlyInAnyOrderElementsOf(
                        routes().map(RouteDefinition::key).toList());
    }

    @Test
    void everyOperationSaysWhatItIsAndWhoMayCallIt() {
        assertThat(document.operations())
                .allSatisfy(operation -> {
                    assertThat(operation.node().path("operationId").asText()).matches("[a-z][A-Za-z]+");
                    assertThat(operation.node().path("summary").asText()).isNotBlank();
                    assertThat(scopes(operation))
                            .allSatisfy(scope ->
                                    assertThat(Scope.of(scope)).as(scope).isPresent());
                })
                .extracting(operation -> operation.node().path("operationId").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void aCallNeedsOneScopeWhereTheTemplateAsksForAKey() {
        var open =
                routes().filter(RouteDefinition::open).map(RouteDefinition::key).toList();

        assertThat(document.operations()).allSatisfy(operation -> {
            assertThat(operation.node().path("security").isArray()).isTrue();
            assertThat(scopes(operation)).as(operation.route()).hasSize(open.contains(operation.route()) ? 0 : 1);
        });
    }

    /** The console's files are no part of the API. */
    private static Stream<RouteDefinition> routes() {
        return Template.read(Path.of("template.yaml")).functions().stream()
                .flatMap(function -> function.routes().stream())
                .filter(route -> !route.path().startsWith("/console"));
    }

    private static List<String> scopes(Operation operation) {
        return StreamSupport.stream(
                        operation.node().path("security").path(0).path("key").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void itKnowsTheWholeCatalogue() {
        assertThat(texts(document.at("/components/schemas/Code/enum")))
                .containsExactlyElementsOf(Arrays.stream(ProblemCatalogue.values())
                        .map(ProblemCatalogue::code)
                        .toList());
    }

    @Test
    void aCodeComesWithItsStatusAndWhatIsRetryableWithATime() {
        assertThat(document.responses()).allSatisfy(response -> {
            var codes = codes(response);
            assertThat(codes)
                    .as(response.route() + ' ' + response.status())
                    .allSatisfy(code -> assertThat(code.status()).isEqualTo(response.status()));
            assertThat(response.node().path("headers").has("Retry-After"))
                    .as(response.route() + ' ' + response.status())
                    .isEqualTo(codes.stream().anyMatch(ProblemCatalogue::retryable));
        });
    }

    /** A code that no answer carries is one of a single thing in a body. */
    @Test
    void everyCodeHasItsPlace() {
        var placed = new TreeSet<ProblemCatalogue>();
        document.responses().forEach(response -> placed.addAll(codes(response)));

        assertThat(Arrays.stream(ProblemCatalogue.values()).filter(code -> !placed.contains(code)))
                .containsExactlyInAnyOrder(
                        ProblemCatalogue.INVALID_NUMBER,
                        ProblemCatalogue.NUMBER_NOT_SUPPORTED,
                        ProblemCatalogue.DUPLICATE_RECIPIENT,
                        ProblemCatalogue.VARIABLE_MISSING,
                        ProblemCatalogue.RECEIVED_ID_OF_OTHER_NUMBER,
                        ProblemCatalogue.VARIABLE_UNUSED,
                        ProblemCatalogue.STILL_BEING_SENT);
    }

    /** A client that goes by the document is refused nothing that it allows, nor kept from what the code takes. */
    @ParameterizedTest
    @CsvSource({
        "BatchRequest/properties/subject/maxLength, hoopoe.batch.create.BatchValidator, LONGEST_SUBJECT",
        "BatchRequest/properties/reference/maxLength, hoopoe.batch.create.BatchValidator, LONGEST_REFERENCE",
        "BatchRequest/properties/validity_seconds/minimum, hoopoe.batch.create.BatchValidator, SHORTEST_VALIDITY",
        "BatchRequest/properties/binary/properties/dcs/maximum, hoopoe.batch.create.BatchValidator, HIGHEST_BYTE",
        "BatchRequest/properties/binary/properties/esm/maximum, hoopoe.batch.create.BatchValidator, HIGHEST_BYTE",
        "BatchRequest/properties/recipients/maxItems, hoopoe.provider.every8d.Every8dProvider, MAX_RECIPIENTS",
        "BatchRequest/properties/recipients/maxItems, hoopoe.provider.smspanel.SmspanelProvider, MAX_RECIPIENTS",
        "Recipient/properties/name/maxLength, hoopoe.batch.create.RecipientValidator, LONGEST",
        "Recipient/properties/email/maxLength, hoopoe.batch.create.RecipientValidator, LONGEST",
        "Recipient/properties/reference/maxLength, hoopoe.batch.create.RecipientValidator, LONGEST",
        "Recipient/properties/received_id/maxLength, hoopoe.batch.create.RecipientValidator, LONGEST",
        "Confirmation/properties/reference/maxLength, hoopoe.api.send.OperatorDecisionRequest, LONGEST_REFERENCE",
        "Confirmation/properties/note/maxLength, hoopoe.api.send.OperatorDecisionRequest, LONGEST_NOTE",
        "Resending/properties/note/maxLength, hoopoe.api.send.OperatorDecisionRequest, LONGEST_NOTE",
        "WebhookRequest/properties/url/maxLength, hoopoe.event.webhook.AddressPolicy, LONGEST",
        "WebhookRequest/properties/types/maxItems, hoopoe.api.webhooks.EndpointValidator, MOST_NAMES",
        "WebhookRequest/properties/accounts/maxItems, hoopoe.api.webhooks.EndpointValidator, MOST_NAMES",
        "WebhookRequest/properties/description/maxLength, hoopoe.api.webhooks.EndpointValidator, LONGEST_DESCRIPTION",
        "SearchRequest/properties/limit/maximum, hoopoe.api.status.SearchRoute, MOST_FOUND",
        "SearchRequest/properties/limit/default, hoopoe.api.status.SearchRoute, USUAL_FOUND",
        "WebhookChange/properties/url/maxLength, hoopoe.event.webhook.AddressPolicy, LONGEST",
        "WebhookChange/properties/description/maxLength, hoopoe.api.webhooks.EndpointValidator, LONGEST_DESCRIPTION"
    })
    void aBoundIsThatOfTheCode(String place, String type, String constant) throws ReflectiveOperationException {
        assertThat(document.at("/components/schemas/" + place).asLong(-1)).isEqualTo(constant(type, constant));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/batches, MOST_BATCHES, USUAL_BATCHES",
        "GET /v1/batches/{id}/messages, MOST_MESSAGES, USUAL_ROWS",
        "GET /v1/replies, MOST_REPLIES, USUAL_ROWS"
    })
    void thePagesOfAListAreThoseOfTheCode(String route, String most, String usual) throws ReflectiveOperationException {
        var lists = "hoopoe.api.status.ListRoutes";
        var operation = document.operations().stream()
                .filter(one -> one.route().equals(route))
                .findFirst()
                .orElseThrow();
        var limit = StreamSupport.stream(operation.node().path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("name").asText().equals("limit"))
                .findFirst()
                .orElseThrow()
                .path("schema");

        assertThat(limit.path("maximum").asLong(-1)).isEqualTo(constant(lists, most));
        assertThat(limit.path("default").asLong(-1)).isEqualTo(constant(lists, usual));
    }

    @Test
    void itKnowsTheTypesOfEvents() {
        assertThat(texts(document.at("/components/schemas/EventType/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(EventType.values()).map(EventType::label).toList());
    }

    /** The longest of all providers: each allows a multiple of its own default. */
    @Test
    void theLongestValidityIsThatOfTheProviders() throws ReflectiveOperationException {
        long times = constant("hoopoe.provider.Capabilities", "LONGEST_VALIDITY");
        long longest = 0;
        for (var type : List.of("every8d.Every8dProvider", "smspanel.SmspanelProvider", "text421.Text421Provider")) {
            longest = Math.max(longest, times * constant("hoopoe.provider." + type, "DEFAULT_VALIDITY"));
        }

        assertThat(document.at("/components/schemas/BatchRequest/properties/validity_seconds/maximum")
                        .asLong(-1))
                .isEqualTo(longest);
    }

    /** A time in seconds. */
    private static long constant(String type, String name) throws ReflectiveOperationException {
        var field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        var value = field.get(null);
        return value instanceof Duration time ? time.toSeconds() : ((Integer) value).longValue();
    }

    /** Generators of clients make classes of one type only. The document does not say that null is the same as left out. */
    @Test
    void everyValueIsOfOneType() {
        assertThat(document.at("/components/schemas").findValues("type"))
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        type -> assertThat(type.isArray()).as(type.toString()).isFalse());
    }

    /** They take the first of an operation's good answers for all: a dry run and a sent batch are one type. */
    @Test
    void allGoodAnswersOfAnOperationAreOneType() {
        var types = new HashMap<String, Set<String>>();
        document.responses().stream()
                .filter(response -> response.status() < 300)
                .forEach(response -> types.computeIfAbsent(response.route(), route -> new TreeSet<>())
                        .add(response.node()
                                .at("/content/application~1json/schema/$ref")
                                .asText()));

        assertThat(types).hasSizeGreaterThan(10);
        assertThat(types).allSatisfy((route, all) -> assertThat(all).as(route).hasSize(1));
    }

    @Test
    void anAnswerToASendHasWhatABatchHas() {
        assertThat(members("SendResult"))
                .containsAll(members("Batch"))
                .hasSize(members("Batch").size() + 1)
                .contains("dry_run");
    }

    private List<String> members(String schema) {
        var names = new ArrayList<String>();
        document.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static List<ProblemCatalogue> codes(Response response) {
        return response.codes().stream()
                .map(ProblemCatalogue::of)
                .map(Optional::orElseThrow)
                .toList();
    }

    @Test
    void everyExampleIsOne() {
        var looked = new ArrayList<String>();
        examples().forEach(example -> {
            assertThat(document.strictFaults(example.schema(), example.value()))
                    .as(example.toString())
                    .isEmpty();
            looked.add(example.toString());
        });

        assertThat(looked).hasSizeGreaterThan(60);
    }

    @Test
    void anExampleThatIsNoneIsFound() {
        var batch = document.at("/components/responses/NoBatch/content/application~1problem+json/example");

        assertThat(document.strictFaults(document.at("/components/schemas/Problem"), batch))
                .isEmpty();
        assertThat(document.faults(document.at("/components/schemas/Batch"), batch))
                .isNotEmpty();
        assertThat(document.strictFaults(document.at("/components/schemas/GatewayMessage"), batch))
                .isNotEmpty();
    }

    @Test
    void anExampleOfAProblemIsAsTheCatalogueHasIt() {
        document.responses().forEach(response -> {
            var example = response.node().at("/content/application~1problem+json/example");
            ProblemCatalogue.of(example.path("code").asText()).ifPresent(problem -> {
                assertThat(codes(response)).contains(problem);
                assertThat(example.path("type").asText()).isEqualTo(problem.type());
                assertThat(example.path("title").asText()).isEqualTo(problem.title());
                assertThat(example.path("status").asInt()).isEqualTo(problem.status());
                assertThat(example.path("retryable").asBoolean()).isEqualTo(problem.retryable());
            });
        });
    }

    /** An example, and what it is one of. */
    private record Example(JsonNode schema, JsonNode value) {}

    private Stream<Example> examples() {
        var told = StreamSupport.stream(document.at("/webhooks").spliterator(), false)
                .map(hook -> hook.path("post"));
        var bodies = Stream.concat(document.operations().stream().map(Operation::node), told)
                .map(operation -> operation.path("requestBody").path("content"))
                .flatMap(content -> content.properties().stream());
        var answers = document.responses().stream().flatMap(Response::contents);
        return Stream.concat(bodies, answers).flatMap(content -> examples(content.getValue()));
    }

    private static Stream<Example> examples(JsonNode content) {
        var named = content.path("examples").properties().stream()
                .map(example -> example.getValue().path("value"));
        return Stream.concat(Stream.of(content.path("example")), named)
                .filter(value -> !value.isMissingNode())
                .map(value -> new Example(content.path("schema"), value));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
