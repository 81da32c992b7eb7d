package hoopoe.batch.create;

import static hoopoe.batch.AppFixture.entry;
import static hoopoe.batch.AppFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hoopoe.batch.AppFixture;
import hoopoe.batch.InvalidRecipient;
import hoopoe.batch.Recipient;
import hoopoe.batch.create.CreateBatchResult.BatchCreated;
import hoopoe.batch.create.CreateBatchResult.CreateRefused;
import hoopoe.batch.create.CreateBatchResult.DryRun;
import hoopoe.dispatch.DispatchState;
import hoopoe.message.BinaryMessage;
import hoopoe.observability.Metric;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.Points;
import hoopoe.provider.Readiness;
import hoopoe.provider.ValidationError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCreatorTest {

    private static final BatchRequest.RequestedRecipient ONE = entry("+886912345678");

    private final AppFixture appFixture = new AppFixture();

    private static BatchRequest.RequestedRecipient own(
            String to, @Nullable String text, Map<String, String> variables) {
        return new BatchRequest.RequestedRecipient(to, text, variables, null, null, null, null, null);
    }

    private static BatchRequest at(@Nullable String sendAt, @Nullable Long validity) {
        return new BatchRequest(null, "hello", null, sendAt, validity, null, null, List.of(ONE), false);
    }

    private CreateRefused refused(BatchRequest request) {
        var outcome = appFixture.admit(request);
        assertThat(outcome).isInstanceOf(CreateRefused.class);
        assertThat(appFixture.items()).as("nothing is stored").isZero();
        assertThat(appFixture.provider.sends()).isEmpty();
        return (CreateRefused) outcome;
    }

    @Test
    void badRecipientsDoNotFailTheRest() {
        var outcome = (BatchCreated) appFixture.admit(request(
                "Hi {{name}}",
                List.of(
                        own("0912345678", null, Map.of("name", "Ada")),
                        own("09123456789", null, Map.of("name", "Bob")),
                        own("+886912345678", null, Map.of("name", "Ada")),
                        own("+886912345678", null, Map.of("name", "Eve")),
                        own("0987654321", null, Map.of()),
                        own("0987654321", " ", Map.of()),
                        own("0987654321", "x".repeat(1531), Map.of()))));

        assertThat(outcome.rejected())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(
                        tuple("/recipients/1/to", "invalid_number"),
                        tuple("/recipients/2", "duplicate_recipient"),
                        tuple("/recipients/4/variables/name", "variable_missing"),
                        tuple("/recipients/5/text", "text_empty"),
                        tuple("/recipients/6/text", "text_too_long"));
        var batch = appFixture.batchRepository.find(outcome.batch().id()).orElseThrow();
        assertThat(batch.accepted()).isEqualTo(2);
        assertThat(appFixture.recipientRepository.rejected(batch)).isEqualTo(outcome.rejected());
        assertThat(appFixture.recipientRepository.of(batch.id(), 0))
                .extracting(Recipient::n, recipient -> recipient.to().e164(), Recipient::text)
                .containsExactly(tuple(0, "+886912345678", "Hi Ada"));
        assertThat(appFixture.recipientRepository.of(batch.id(), 1))
                .extracting(Recipient::text)
                .containsExactly("Hi Eve");
    }

    @Test
    void bracesThatOpenNoPlaceholderAreRefusedWhereTheyStand() {
        assertThat(refused(request("Hi {{first name}}", List.of(ONE))).errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/text", "placeholder_invalid"));
        assertThat(refused(request("x", List.of(own("0912345678", "Hi {{}}", Map.of()))))
                        .errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/recipients/0/text", "placeholder_invalid"));
    }

    @ParameterizedTest
    @CsvSource({"name, name", "'{{{{', {{{{", "a~/, a~0~1", "'', ''", "\uD800, ?"})
    void aVariableThatHasNoPlaceIsRefused(String name, String step) {
        assertThat(refused(request("x {{{{name}}", List.of(own("0912345678", null, Map.of(name, "x")))))
                        .errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/recipients/0/variables/" + step, "variable_unused"));
    }

    @Test
    void aNameInAnotherCaseIsAnotherName() {
        var both = Map.of("name", "Ada", "Name", "Eve");

        assertThat(refused(request("Hi {{name}}", List.of(own("0912345678", null, both))))
                        .errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/recipients/0/variables/Name", "variable_unused"));
    }

    @Test
    void twoBracesWrittenAsFourAreSentAsTwo() {
        appFixture.admit(request("{{{{a}} {b}", List.of(ONE)));

        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(appFixture.provider.sends().get(0).text()).isEqualTo("{{a}} {b}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00A0", "\u200B", "\u2060", "\u3164", "\u2800", "\uFEFF\u200D", "\u202E \u115F"})
    void aTextThatNobodySeesIsEmpty(String text) {
        assertThat(refused(request(text, List.of(ONE))).code()).isEqualTo("text_empty");
        assertThat(refused(request("x", List.of(own("0912345678", text, Map.of()))))
                        .errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/recipients/0/text", "text_empty"));
    }

    @Test
    void lengthsCountCharacters() {
        var emoji = "\uD83D\uDE18";
        var requestedRecipient = new BatchRequest.RequestedRecipient(
                "0912345678", null, Map.of(), emoji.repeat(200), null, null, emoji.repeat(200), null);
        var most = new BatchRequest(
                null, "x", emoji.repeat(200), null, null, emoji.repeat(200), null, List.of(requestedRecipient), true);
        assertThat(appFixture.admit(most)).isInstanceOf(CreateBatchResult.DryRun.class);

        var more = new BatchRequest(
                null, "x", null, null, null, emoji.repeat(201), null, List.of(requestedRecipient), true);
        assertThat(refused(more).errors()).extracting(InvalidRecipient::pointer).containsExactly("/reference");
    }

    @ParameterizedTest
    @CsvSource({"0, reference", "1, name", "2, email", "3, received_id"})
    void whatIsTooLongIsNamed(int which, String member) {
        var values = new @Nullable String[4];
        values[which] = "x".repeat(201);

        var createRefused = refused(request(
                "x",
                List.of(new BatchRequest.RequestedRecipient(
                        "0912345678", null, Map.of(), values[1], values[2], null, values[0], values[3]))));

        assertThat(createRefused.errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/recipients/0/" + member, "invalid_request"));
    }

    @Test
    void whatTheProviderWouldRefuseIsRejectedInTheOrderOfTheRequest() {
        appFixture.provider.objecting(
                order -> List.of(new ValidationError(0, "to", "number_not_supported", "not reached from here")));

        var outcome = (BatchCreated) appFixture.admit(request("x", List.of(ONE, entry("+886912345679"), entry("bad"))));

        assertThat(outcome.rejected())
                .extracting(InvalidRecipient::pointer)
                .containsExactly("/recipients/0/to", "/recipients/2/to");
        assertThat(appFixture.recipientRepository.of(outcome.batch().id(), 0))
                .extracting(Recipient::n)
                .containsExactly(1);
    }

    @Test
    void onlyBadRecipientsAreARefusalThatNamesThem() {
        var createRefused = refused(request("x", List.of(entry("1"), entry("2"))));

        assertThat(createRefused.code()).isEqualTo("no_valid_recipient");
        assertThat(createRefused.errors())
                .extracting(InvalidRecipient::pointer)
                .containsExactly("/recipients/0/to", "/recipients/1/to");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T03:59:30Z, ",
        "2026-03-01T03:58:59Z, send_at_past",
        "2026-03-01T12:00:00+08:00, ",
        "2026-03-01T11:00:00+08:00, send_at_past",
        "2026-03-01T12:00:00, send_at_format",
        "2026-02-30T12:00:00Z, send_at_format",
        "+12026-03-01T12:00:00Z, send_at_format",
        "2028-03-01T12:00:00Z, send_at_too_far",
        "tomorrow, send_at_format"
    })
    void aTimeToSendIsCheckedForFormAndPast(String sendAt, @Nullable String code) {
        if (code == null) {
            assertThat(appFixture.admit(at(sendAt, null))).isInstanceOf(BatchCreated.class);
        } else {
            assertThat(refused(at(sendAt, null)).code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01T03:59:30Z, ", "2026-03-01T04:00:59Z, ", "2026-03-01T04:01:00Z, 2026-03-01T04:01:00Z"})
    void aTimeThatIsNearIsNow(String sendAt, @Nullable Instant planned) {
        assertThat(appFixture.admitted(at(sendAt, null)).window().sendAt()).isEqualTo(planned);
    }

    @ParameterizedTest
    @CsvSource({", ", "2026-03-01T05:00:00Z, 2026-03-01T04:00:30Z"})
    void anOwnTimeThatIsNearIsKeptWhereTheOthersWait(@Nullable String common, @Nullable Instant own) {
        var requestedRecipient = new BatchRequest.RequestedRecipient(
                "0912345678", null, Map.of(), null, null, "2026-03-01T04:00:30Z", null, null);
        var batch = appFixture.admitted(
                new BatchRequest(null, "x", null, common, null, null, null, List.of(requestedRecipient), false));

        assertThat(appFixture.recipientRepository.of(batch.id(), 0))
                .extracting(Recipient::sendAt)
                .containsExactly(own);
    }

    @Test
    void aProviderThatKnowsNoValidityIsToldOfNone() {
        appFixture.provider.without(Feature.VALIDITY);

        assertThat(refused(at(null, 999_999_999L)).errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/validity_seconds", "not_supported_by_provider"));
    }

    @ParameterizedTest
    @CsvSource({"59, false", "60, true", "259200, true", "259201, false", "-1, false"})
    void aValidityHasARange(long seconds, boolean fits) {
        if (fits) {
            var batch = appFixture.admitted(at(null, seconds));
            assertThat(batch.window().notAfter())
                    .isEqualTo(batch.lifetime().created().plusSeconds(seconds));
        } else {
            assertThat(refused(at(null, seconds)).code()).isEqualTo("validity_out_of_range");
        }
    }

    @Test
    void withoutAValidityADayAfterTheTimeToSendIsTheEnd() {
        var batch = appFixture.admitted(at("2026-03-05T08:00:00+08:00", null));

        assertThat(batch.window().sendAt()).isEqualTo("2026-03-05T00:00:00Z");
        assertThat(batch.window().notAfter()).isEqualTo("2026-03-06T00:00:00Z");
        assertThat(batch.lifetime().expires())
                .isEqualTo(Instant.parse("2026-03-06T00:00:00Z").plus(Duration.ofDays(93)));
    }

    @Test
    void whatIsWrongWithTheWholeIsSaidAtItsPlace() {
        assertThat(refused(request("x", List.of())).errors())
                .extracting(InvalidRecipient::pointer)
                .containsExactly("/recipients");
        assertThat(refused(request(" ", List.of(ONE))).code()).isEqualTo("text_empty");
        assertThat(refused(request("x".repeat(1531), List.of(ONE))).code()).isEqualTo("text_too_long");
        appFixture.provider.maxRecipients(2);
        assertThat(refused(AppFixture.to(3)).code()).isEqualTo("too_many_recipients");
    }

    @Test
    void whatTheProviderLacksIsNotSilentlyLeftOut() {
        appFixture.provider.without(Feature.VALIDITY);
        assertThat(refused(at(null, 600L)).code()).isEqualTo("not_supported_by_provider");
        appFixture.provider.without(Feature.SCHEDULE);
        assertThat(refused(at("2026-03-01T12:30:00+08:00", null)).code()).isEqualTo("not_supported_by_provider");
        appFixture.provider.objecting(order ->
                List.of(new ValidationError(-1, "validity_seconds", "not_supported_by_provider", "not with names")));
        assertThat(refused(request("x", List.of(ONE))).errors())
                .extracting(InvalidRecipient::pointer)
                .containsExactly("/validity_seconds");
    }

    private static BatchRequest binary(@Nullable Integer dcs, @Nullable Integer esm) {
        return new BatchRequest(
                null, "0A".repeat(800), null, null, null, null, new BinaryMessage(dcs, esm), List.of(ONE), false);
    }

    @Test
    void aBinaryMessageGoesOutAsOne() {
        var batch = appFixture.admitted(binary(245, null));

        assertThat(batch.content().binary()).isEqualTo(new BinaryMessage(245, null));
        assertThat(appFixture.provider.sends().get(0).binary()).isEqualTo(new BinaryMessage(245, null));
        assertThat(BatchEstimate.read(batch.summary()).segments()).isEqualTo(6);
        assertThat(appFixture.admitted(binary(null, null)).content().binary()).isEqualTo(new BinaryMessage(null, null));
    }

    @Test
    void aBinaryMessageIsOneByteEach() {
        assertThat(refused(binary(256, -1)).errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                .containsExactly(tuple("/binary/dcs", "invalid_request"), tuple("/binary/esm", "invalid_request"));
        appFixture.provider.without(Feature.BINARY);
        assertThat(refused(binary(null, null)).errors())
                .extracting(InvalidRecipient::pointer, InvalidRecipient::code, InvalidRecipient::detail)
                .containsExactly(tuple(
                        "/binary", "not_supported_by_provider", "The account's provider cannot do this: binary."));
    }

    @ParameterizedTest
    @CsvSource({
        "PERSONALISED, text",
        "PERSONALISED, variables",
        "NAME, name",
        "EMAIL, email",
        "SCHEDULE, send_at",
        "RECEIVED_ID, received_id"
    })
    void whatItLacksForOneRecipientIsNamedAndDoesNotFailTheRest(Feature feature, String member) {
        appFixture.provider.without(feature);
        var wish = new BatchRequest.RequestedRecipient(
                "0912345679",
                member.equals("text") ? "own" : null,
                member.equals("variables") ? Map.of("v", "x") : Map.of(),
                member.equals("name") ? "N" : null,
                member.equals("email") ? "n@example.org" : null,
                member.equals("send_at") ? "2026-03-01T12:30:00+08:00" : null,
                null,
                member.equals("received_id") ? "4711" : null);
        var text = member.equals("variables") ? "{{v}}" : "x";

        var alone = refused(request(text, List.of(wish)));
        assertThat(alone.code()).isEqualTo("not_supported_by_provider");
        assertThat(alone.detail()).endsWith(": " + feature.label() + '.');
        assertThat(alone.errors()).extracting(InvalidRecipient::pointer).containsExactly("/recipients/0/" + member);
        if (!member.equals("variables")) {
            assertThat(((BatchCreated) appFixture.admit(request(text, List.of(wish, ONE)))).rejected())
                    .extracting(InvalidRecipient::pointer, InvalidRecipient::code)
                    .containsExactly(tuple("/recipients/0/" + member, "not_supported_by_provider"));
        }
    }

    @Test
    void anAccountIsNamedOrClear() {
        var two = new AppFixture("hoopoe.accounts.other.provider", "fake");

        assertThat(two.admit(AppFixture.to(1)))
                .isInstanceOfSatisfying(CreateRefused.class, createRefused -> assertThat(createRefused.code())
                        .isEqualTo("account_required"));
        var named = new BatchRequest("nobody", "x", null, null, null, null, null, List.of(ONE), false);
        assertThat(refused(named).code()).isEqualTo("account_not_found");
    }

    @Test
    void aBlockedAccountIsRefusedBeforeAnythingIsWritten() {
        appFixture.provider.ready(() -> new Readiness.Blocked("-101", "wrong password"));

        assertThat(refused(AppFixture.to(1)).code()).isEqualTo("provider_refused");
        assertThat(refused(AppFixture.to(1200)).code()).isEqualTo("provider_refused");
    }

    /** What was admitted before stays admitted. */
    @Test
    void anAccountWithWrongSettingsIsRefusedBeforeAnythingIsWritten() {
        appFixture.admit(AppFixture.to(1), "earlier");
        var items = appFixture.items();
        var wrong = appFixture.another("hoopoe.accounts.main.dispatch-size", "many");

        assertThat(wrong.admit(AppFixture.to(1)))
                .isInstanceOfSatisfying(CreateRefused.class, createRefused -> assertThat(createRefused.code())
                        .isEqualTo("account_misconfigured"));
        assertThat(wrong.admit(AppFixture.to(1), "key")).isInstanceOf(CreateRefused.class);
        assertThat(appFixture.items()).isEqualTo(items);
        assertThat(wrong.admit(AppFixture.to(1), "earlier")).isInstanceOf(CreateBatchResult.CreateReplayed.class);
        assertThat(appFixture.admit(AppFixture.to(1), "key")).isInstanceOf(BatchCreated.class);
    }

    @Test
    void anAccountWhoseAddressMovedIsRefusedAsItIs() {
        appFixture.provider.ready(() -> new Readiness.Blocked("misconfigured", "the address moved to elsewhere"));

        assertThat(refused(AppFixture.to(1)).code()).isEqualTo("account_misconfigured");
    }

    @Test
    void aDryRunCountsAndPricesAndNeitherWritesNorCalls() {
        appFixture.provider.ready(() -> {
            throw new AssertionError("nobody is asked");
        });
        var request = new BatchRequest(
                null,
                "你".repeat(71),
                null,
                null,
                null,
                null,
                null,
                List.of(ONE, entry("+15551234567"), entry("x")),
                true);

        var outcome = (DryRun) appFixture.batchCreator.admit(
                request,
                AppFixture.GRANT,
                java.util.Optional.of(AppFixture.claim("key", "print")),
                appFixture.deadline());

        assertThat(appFixture.items()).isZero();
        assertThat(appFixture.faults.names()).isEmpty();
        assertThat(outcome.batch().accepted()).isEqualTo(2);
        assertThat(outcome.rejected()).hasSize(1);
        var batchEstimate = BatchEstimate.read(outcome.batch().summary());
        assertThat(batchEstimate.segments()).isEqualTo(4);
        assertThat(batchEstimate.high()).isEqualTo(new Points("points", "4.0"));
        assertThat(batchEstimate.classes())
                .extracting(BatchEstimate.OfClass::name, BatchEstimate.OfClass::recipients)
                .containsExactly(tuple("domestic", 1), tuple("international", 1));
    }

    @Test
    void oneDispatchIsSentAtOnce() {
        var batch = appFixture.admitted(AppFixture.to(3));

        var dispatch = appFixture.dispatch(batch, 0);
        assertThat(dispatch.state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch.size()).isEqualTo(3);
        assertThat(appFixture.owner(dispatch.submission().reference())).contains(dispatch.id());
        assertThat(appFixture.provider.sends()).hasSize(1);
        assertThat(appFixture.faults.names()).containsExactly("transactWriteItems", "transactWriteItems");
    }

    @Test
    void withoutASessionItIsStoredAllTheSame() {
        appFixture.provider.ready(() -> new Readiness.NotYet("login", "", null));

        var batch = appFixture.admitted(AppFixture.to(1));

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(appFixture.dispatch(batch, 0).due())
                .isEqualTo(batch.lifetime().created().plusSeconds(120));
    }

    @Test
    void anAdapterThatBreaksLeavesAnAnswerAndAnUnconfirmedDispatch() {
        appFixture.provider.sending(order -> {
            throw new IllegalStateException("a bug");
        });

        var batch = appFixture.admitted(AppFixture.to(1));

        assertThat(appFixture.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(appFixture.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void aHundredThousandAreStoredInAFewHundredItems() {
        appFixture.provider.maxRecipients(100_000);

        var batch = appFixture.admitted(request(
                "hello", IntStream.range(0, 100_000).mapToObj(AppFixture::entry).toList()));

        assertThat(batch.progress().spread()).isTrue();
        assertThat(batch.dispatches()).isEqualTo(200);
        assertThat(appFixture.items()).isEqualTo(401);
        assertThat(appFixture.faults.names().stream().filter("batchWriteItem"::equals))
                .hasSize(8);
        assertThat(appFixture.faults.names().stream().filter("transactWriteItems"::equals))
                .hasSize(4);
        assertThat(appFixture.recipientRepository.of(batch.id(), 199)).hasSize(500);
    }
}
