package hoopoe.batch.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import hoopoe.batch.AppFixture;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.message.BinaryMessage;
import hoopoe.observability.LogContext;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The biggest request each way that a body of 6 MB carries: it is stored, or refused by its code. An item of DynamoDB takes
 * 400 KB, and one that is larger would be a fault of ours.
 */
@Timeout(300)
class BiggestBatchTest {

    private static final int MOST = 10_000;
    private static final int NUMBER = 12;

    /** Six bytes where an item has it as JSON, as in the body. */
    private static final String SIX = "\u0001";
    /** Three bytes of UTF-8, one unit. */
    private static final String THREE = "\u6f22";

    private final AppFixture appFixture = new AppFixture();

    private static BatchRequest.RequestedRecipient entry(
            int n, @Nullable String text, Map<String, String> variables, @Nullable String rest) {
        return new BatchRequest.RequestedRecipient(
                AppFixture.entry(n).to(), text, variables, rest, rest, null, rest, null);
    }

    private static List<BatchRequest.RequestedRecipient> entries(
            int size, IntFunction<BatchRequest.RequestedRecipient> entry) {
        return IntStream.range(0, size).mapToObj(entry).toList();
    }

    private static BatchRequest batch(
            @Nullable String text,
            @Nullable String words,
            @Nullable BinaryMessage binaryMessage,
            List<BatchRequest.RequestedRecipient> to) {
        return new BatchRequest(null, text, words, null, null, words, binaryMessage, to, false);
    }

    private static List<BatchRequest.RequestedRecipient> own(int size) {
        return entries(size, n -> entry(n, "own", Map.of(), null));
    }

    static Stream<Arguments> stored() {
        var words = THREE.repeat(200);
        var template = THREE.repeat(1525) + "{{x}}" + "{{ a_longer_name }}".repeat(200);
        var filled = Map.of("x", "x", "a_longer_name", "");
        return Stream.of(
                arguments(
                        "a text with placeholders",
                        batch(template, words, null, entries(1, n -> entry(n, null, filled, words)))),
                arguments(
                        "all of it to as many as fit",
                        batch(
                                null,
                                words,
                                null,
                                entries(400, n -> entry(n, SIX.repeat(1530), Map.of(), SIX.repeat(200))))),
                arguments(
                        "texts of their own to all",
                        batch(null, words, null, entries(MOST, n -> entry(n, THREE.repeat(150) + n, Map.of(), null)))),
                arguments(
                        "binary",
                        batch(
                                "0A",
                                null,
                                new BinaryMessage(0, 0),
                                entries(MOST, n -> entry(n, "0A".repeat(100), Map.of(), null)))),
                arguments(
                        "a dispatch for each",
                        batch(
                                null,
                                words,
                                null,
                                entries(
                                        500,
                                        n -> new BatchRequest.RequestedRecipient(
                                                "+886912345678",
                                                "text " + n,
                                                Map.of(),
                                                null,
                                                null,
                                                null,
                                                null,
                                                null)))),
                arguments(
                        "all but one refused",
                        batch(
                                "{{" + "a".repeat(64) + "}}",
                                words,
                                null,
                                entries(MOST, n -> entry(n, n == 0 ? "own" : null, Map.of(), null)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void stored(String way, BatchRequest request) {
        var outcome = LogContext.of("c".repeat(64)).follow(() -> appFixture.admit(request, "k".repeat(255)));

        assertThat(outcome).isInstanceOf(BatchCreated.class);
        var batch = appFixture
                .batchRepository
                .find(((BatchCreated) outcome).batch().id())
                .orElseThrow();
        assertThat(batch.accepted() + batch.rejected())
                .isEqualTo(request.recipients().size());
        assertThat(appFixture.recipientRepository.rejected(batch)).hasSize(Math.min(1000, batch.rejected()));
        assertThat(IntStream.range(0, batch.dispatches())
                        .map(n ->
                                appFixture.recipientRepository.of(batch.id(), n).size())
                        .sum())
                .isEqualTo(batch.accepted());
    }

    static Stream<Arguments> refused() {
        var huge = THREE.repeat(500_000);
        var bomb = Map.of("x", "x".repeat(3_000_000));
        return Stream.of(
                arguments("text_too_long", batch(huge, null, null, own(NUMBER))),
                arguments("text_too_long", batch(huge + "{{x}}", null, null, own(NUMBER))),
                arguments("text_too_long", batch("{{x}}".repeat(300_000), null, null, own(NUMBER))),
                arguments("text_too_long", batch("A".repeat(1_000_000), null, new BinaryMessage(0, 0), own(NUMBER))),
                arguments("text_not_encodable", batch("half a pair: \ud83d", null, null, own(NUMBER))),
                arguments("invalid_request", batch("x", THREE.repeat(201), null, own(NUMBER))),
                arguments("invalid_request", batch("x", "\udc00", null, own(NUMBER))),
                arguments(
                        "no_valid_recipient",
                        batch("{{x}}".repeat(1000), null, null, entries(2, n -> entry(n, null, bomb, null)))),
                arguments(
                        "no_valid_recipient",
                        batch(null, null, null, entries(2, n -> entry(n, "{{x}}".repeat(300_000), bomb, null)))),
                arguments(
                        "no_valid_recipient",
                        batch("x", null, null, entries(2, n -> entry(n, null, Map.of(), THREE.repeat(201))))),
                arguments(
                        "no_valid_recipient",
                        batch("x", null, null, entries(2, n -> entry(n, null, Map.of(), "\ud83d")))),
                arguments(
                        "no_valid_recipient",
                        batch(
                                "x",
                                null,
                                null,
                                entries(
                                        MOST,
                                        n -> new BatchRequest.RequestedRecipient(
                                                huge, null, Map.of(), huge, huge, huge, huge, huge)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String code, BatchRequest request) {
        var outcome = appFixture.admit(request, "k".repeat(255));

        assertThat(outcome)
                .isInstanceOfSatisfying(CreateRefused.class, createRefused -> assertThat(createRefused.code())
                        .isEqualTo(code));
        assertThat(appFixture.items()).isZero();
    }
}
