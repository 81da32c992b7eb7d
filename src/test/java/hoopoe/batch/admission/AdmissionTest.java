package hoopoe.batch.admission;

import static hoopoe.batch.House.entry;
import static hoopoe.batch.House.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hoopoe.batch.House;
import hoopoe.batch.admission.AdmissionOutcome.Admitted;
import hoopoe.batch.admission.AdmissionOutcome.DryRun;
import hoopoe.batch.admission.AdmissionOutcome.Refused;
import hoopoe.message.BinaryMessage;
import hoopoe.observability.Metric;
import hoopoe.provider.Capabilities.Feature;
import hoopoe.provider.ValidationError;
import hoopoe.provider.Points;
import hoopoe.provider.Readiness;
import hoopoe.store.DispatchState;
import hoopoe.store.Recipient;
import hoopoe.store.Rejected;
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

class AdmissionTest {

    private static final BatchRequest.Entry ONE = entry("+886912345678");

    private final House house = new House();

    private static BatchRequest.Entry own(String to, @Nullable String text, Map<String, String> variables) {
        return new BatchRequest.Entry(to, text, variables, null, null, null, null, null);
    }

    private static BatchRequest at(@Nullable String sendAt, @Nullable Long validity) {
        return new BatchRequest(null, "hello", null, sendAt, validity, null, List.of(ONE), false);
    }

    private Refused refused(BatchRequest request) {
        var outcome = house.admit(request);
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(house.items()).as("nothing is stored").isZero();
        assertThat(house.provider.sends()).isEmpty();
        return (Refused) outcome;
    }

    @Test
    void badRecipientsDoNotFailTheRest() {
        var outcome = (Admitted) house.admit(request(
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
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(
                        tuple("/recipients/1/to", "invalid_number"),
                        tuple("/recipients/2", "duplicate_recipient"),
                        tuple("/recipients/4/variables/name", "variable_missing"),
                        tuple("/recipients/5/text", "text_empty"),
                        tuple("/recipients/6/text", "text_too_long"));
        var batch = house.batches.find(outcome.batch().id()).orElseThrow();
        assertThat(batch.accepted()).isEqualTo(2);
        assertThat(house.recipients.rejected(batch)).isEqualTo(outcome.rejected());
        assertThat(house.recipients.of(batch.id(), 0))
                .extracting(Recipient::n, Recipient::to, Recipient::text)
                .containsExactly(tuple(0, "+886912345678", "Hi Ada"));
        assertThat(house.recipients.of(batch.id(), 1))
                .extracting(Recipient::text)
                .containsExactly("Hi Eve");
    }

    @Test
    void bracesThatOpenNoPlaceholderAreRefusedWhereTheyStand() {
        assertThat(refused(request("Hi {{first name}}", List.of(ONE))).errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/text", "placeholder_invalid"));
        assertThat(refused(request("x", List.of(own("0912345678", "Hi {{}}", Map.of()))))
                        .errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/recipients/0/text", "placeholder_invalid"));
    }

    @ParameterizedTest
    @CsvSource({"name, name", "'{{{{', {{{{", "a~/, a~0~1", "'', ''", "\uD800, ?"})
    void aVariableThatHasNoPlaceIsRefused(String name, String step) {
        assertThat(refused(request("x {{{{name}}", List.of(own("0912345678", null, Map.of(name, "x")))))
                        .errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/recipients/0/variables/" + step, "variable_unused"));
    }

    @Test
    void aNameInAnotherCaseIsAnotherName() {
        var both = Map.of("name", "Ada", "Name", "Eve");

        assertThat(refused(request("Hi {{name}}", List.of(own("0912345678", null, both))))
                        .errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/recipients/0/variables/Name", "variable_unused"));
    }

    @Test
    void twoBracesWrittenAsFourAreSentAsTwo() {
        house.admit(request("{{{{a}} {b}", List.of(ONE)));

        assertThat(house.provider.sends()).hasSize(1);
        assertThat(house.provider.sends().get(0).text()).isEqualTo("{{a}} {b}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00A0", "\u200B", "\u2060", "\u3164", "\u2800", "\uFEFF\u200D", "\u202E \u115F"})
    void aTextThatNobodySeesIsEmpty(String text) {
        assertThat(refused(request(text, List.of(ONE))).code()).isEqualTo("text_empty");
        assertThat(refused(request("x", List.of(own("0912345678", text, Map.of()))))
                        .errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/recipients/0/text", "text_empty"));
    }

    @Test
    void lengthsCountCharacters() {
        var emoji = "\uD83D\uDE18";
        var entry = new BatchRequest.Entry(
                "0912345678", null, Map.of(), emoji.repeat(200), null, null, emoji.repeat(200), null);
        var most = new BatchRequest(null, "x", emoji.repeat(200), null, null, emoji.repeat(200), List.of(entry), true);
        assertThat(house.admit(most)).isInstanceOf(AdmissionOutcome.DryRun.class);

        var more = new BatchRequest(null, "x", null, null, null, emoji.repeat(201), List.of(entry), true);
        assertThat(refused(more).errors()).extracting(Rejected::pointer).containsExactly("/reference");
    }

    @ParameterizedTest
    @CsvSource({"0, reference", "1, name", "2, email", "3, received_id"})
    void whatIsTooLongIsNamed(int which, String member) {
        var values = new @Nullable String[4];
        values[which] = "x".repeat(201);

        var refused = refused(request(
                "x",
                List.of(new BatchRequest.Entry(
                        "0912345678", null, Map.of(), values[1], values[2], null, values[0], values[3]))));

        assertThat(refused.errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/recipients/0/" + member, "invalid_request"));
    }

    @Test
    void whatTheProviderWouldRefuseIsRejectedInTheOrderOfTheRequest() {
        house.provider.objecting(
                order -> List.of(new ValidationError(0, "to", "number_not_supported", "not reached from here")));

        var outcome = (Admitted) house.admit(request("x", List.of(ONE, entry("+886912345679"), entry("bad"))));

        assertThat(outcome.rejected())
                .extracting(Rejected::pointer)
                .containsExactly("/recipients/0/to", "/recipients/2/to");
        assertThat(house.recipients.of(outcome.batch().id(), 0))
                .extracting(Recipient::n)
                .containsExactly(1);
    }

    @Test
    void onlyBadRecipientsAreARefusalThatNamesThem() {
        var refused = refused(request("x", List.of(entry("1"), entry("2"))));

        assertThat(refused.code()).isEqualTo("no_valid_recipient");
        assertThat(refused.errors())
                .extracting(Rejected::pointer)
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
            assertThat(house.admit(at(sendAt, null))).isInstanceOf(Admitted.class);
        } else {
            assertThat(refused(at(sendAt, null)).code()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-03-01T03:59:30Z, ", "2026-03-01T04:00:59Z, ", "2026-03-01T04:01:00Z, 2026-03-01T04:01:00Z"})
    void aTimeThatIsNearIsNow(String sendAt, @Nullable Instant planned) {
        assertThat(house.admitted(at(sendAt, null)).sendAt()).isEqualTo(planned);
    }

    @ParameterizedTest
    @CsvSource({", ", "2026-03-01T05:00:00Z, 2026-03-01T04:00:30Z"})
    void anOwnTimeThatIsNearIsKeptWhereTheOthersWait(@Nullable String common, @Nullable Instant own) {
        var entry =
                new BatchRequest.Entry("0912345678", null, Map.of(), null, null, "2026-03-01T04:00:30Z", null, null);
        var batch = house.admitted(new BatchRequest(null, "x", null, common, null, null, List.of(entry), false));

        assertThat(house.recipients.of(batch.id(), 0))
                .extracting(Recipient::sendAt)
                .containsExactly(own);
    }

    @Test
    void aProviderThatKnowsNoValidityIsToldOfNone() {
        house.provider.without(Feature.VALIDITY);

        assertThat(refused(at(null, 999_999_999L)).errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/validity_seconds", "not_supported_by_provider"));
    }

    @ParameterizedTest
    @CsvSource({"59, false", "60, true", "259200, true", "259201, false", "-1, false"})
    void aValidityHasARange(long seconds, boolean fits) {
        if (fits) {
            var batch = house.admitted(at(null, seconds));
            assertThat(batch.notAfter()).isEqualTo(batch.created().plusSeconds(seconds));
        } else {
            assertThat(refused(at(null, seconds)).code()).isEqualTo("validity_out_of_range");
        }
    }

    @Test
    void withoutAValidityADayAfterTheTimeToSendIsTheEnd() {
        var batch = house.admitted(at("2026-03-05T08:00:00+08:00", null));

        assertThat(batch.sendAt()).isEqualTo("2026-03-05T00:00:00Z");
        assertThat(batch.notAfter()).isEqualTo("2026-03-06T00:00:00Z");
        assertThat(batch.expires())
                .isEqualTo(Instant.parse("2026-03-06T00:00:00Z").plus(Duration.ofDays(93)));
    }

    @Test
    void whatIsWrongWithTheWholeIsSaidAtItsPlace() {
        assertThat(refused(request("x", List.of())).errors())
                .extracting(Rejected::pointer)
                .containsExactly("/recipients");
        assertThat(refused(request(" ", List.of(ONE))).code()).isEqualTo("text_empty");
        assertThat(refused(request("x".repeat(1531), List.of(ONE))).code()).isEqualTo("text_too_long");
        house.provider.maxRecipients(2);
        assertThat(refused(House.to(3)).code()).isEqualTo("too_many_recipients");
    }

    @Test
    void whatTheProviderLacksIsNotSilentlyLeftOut() {
        house.provider.without(Feature.VALIDITY);
        assertThat(refused(at(null, 600L)).code()).isEqualTo("not_supported_by_provider");
        house.provider.without(Feature.SCHEDULE);
        assertThat(refused(at("2026-03-01T12:30:00+08:00", null)).code()).isEqualTo("not_supported_by_provider");
        house.provider.objecting(
                order -> List.of(new ValidationError(-1, "validity_seconds", "not_supported_by_provider", "not with names")));
        assertThat(refused(request("x", List.of(ONE))).errors())
                .extracting(Rejected::pointer)
                .containsExactly("/validity_seconds");
    }

    private static BatchRequest binary(@Nullable Integer dcs, @Nullable Integer esm) {
        return new BatchRequest(
                null, "0A".repeat(800), null, null, null, null, new BinaryMessage(dcs, esm), List.of(ONE), false);
    }

    @Test
    void aBinaryMessageGoesOutAsOne() {
        var batch = house.admitted(binary(245, null));

        assertThat(batch.binary()).isEqualTo(new BinaryMessage(245, null));
        assertThat(house.provider.sends().get(0).binary()).isEqualTo(new BinaryMessage(245, null));
        assertThat(Summary.read(batch.summary()).segments()).isEqualTo(6);
        assertThat(house.admitted(binary(null, null)).binary()).isEqualTo(new BinaryMessage(null, null));
    }

    @Test
    void aBinaryMessageIsOneByteEach() {
        assertThat(refused(binary(256, -1)).errors())
                .extracting(Rejected::pointer, Rejected::code)
                .containsExactly(tuple("/binary/dcs", "invalid_request"), tuple("/binary/esm", "invalid_request"));
        house.provider.without(Feature.BINARY);
        assertThat(refused(binary(null, null)).errors())
                .extracting(Rejected::pointer, Rejected::code, Rejected::detail)
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
        house.provider.without(feature);
        var wish = new BatchRequest.Entry(
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
        assertThat(alone.errors()).extracting(Rejected::pointer).containsExactly("/recipients/0/" + member);
        if (!member.equals("variables")) {
            assertThat(((Admitted) house.admit(request(text, List.of(wish, ONE)))).rejected())
                    .extracting(Rejected::pointer, Rejected::code)
                    .containsExactly(tuple("/recipients/0/" + member, "not_supported_by_provider"));
        }
    }

    @Test
    void anAccountIsNamedOrClear() {
        var two = new House("hoopoe.accounts.other.provider", "fake");

        assertThat(two.admit(House.to(1))).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("account_required"));
        var named = new BatchRequest("nobody", "x", null, null, null, null, List.of(ONE), false);
        assertThat(refused(named).code()).isEqualTo("account_not_found");
    }

    @Test
    void aLatchedAccountIsRefusedBeforeAnythingIsWritten() {
        house.provider.ready(() -> new Readiness.Blocked("-101", "wrong password"));

        assertThat(refused(House.to(1)).code()).isEqualTo("provider_refused");
        assertThat(refused(House.to(1200)).code()).isEqualTo("provider_refused");
    }

    /** What was admitted before stays admitted. */
    @Test
    void anAccountWithWrongSettingsIsRefusedBeforeAnythingIsWritten() {
        house.admit(House.to(1), "earlier");
        var items = house.items();
        var wrong = house.another("hoopoe.accounts.main.dispatch-size", "many");

        assertThat(wrong.admit(House.to(1))).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("account_misconfigured"));
        assertThat(wrong.admit(House.to(1), "key")).isInstanceOf(Refused.class);
        assertThat(house.items()).isEqualTo(items);
        assertThat(wrong.admit(House.to(1), "earlier")).isInstanceOf(AdmissionOutcome.Replayed.class);
        assertThat(house.admit(House.to(1), "key")).isInstanceOf(Admitted.class);
    }

    @Test
    void anAccountWhoseAddressMovedIsRefusedAsItIs() {
        house.provider.ready(() -> new Readiness.Blocked("misconfigured", "the address moved to elsewhere"));

        assertThat(refused(House.to(1)).code()).isEqualTo("account_misconfigured");
    }

    @Test
    void aDryRunCountsAndPricesAndNeitherWritesNorCalls() {
        house.provider.ready(() -> {
            throw new AssertionError("nobody is asked");
        });
        var request = new BatchRequest(
                null, "你".repeat(71), null, null, null, null, List.of(ONE, entry("+15551234567"), entry("x")), true);

        var outcome = (DryRun) house.admission.admit(
                request, House.GRANT, java.util.Optional.of(House.claim("key", "print")), house.deadline());

        assertThat(house.items()).isZero();
        assertThat(house.faults.names()).isEmpty();
        assertThat(outcome.batch().accepted()).isEqualTo(2);
        assertThat(outcome.rejected()).hasSize(1);
        var summary = Summary.read(outcome.batch().summary());
        assertThat(summary.segments()).isEqualTo(4);
        assertThat(summary.high()).isEqualTo(new Points("points", "4.0"));
        assertThat(summary.classes())
                .extracting(Summary.OfClass::name, Summary.OfClass::recipients)
                .containsExactly(tuple("domestic", 1), tuple("international", 1));
    }

    @Test
    void oneDispatchIsSentAtOnce() {
        var batch = house.admitted(House.to(3));

        var dispatch = house.dispatch(batch, 0);
        assertThat(dispatch.state()).isEqualTo(DispatchState.SUBMITTED);
        assertThat(dispatch.size()).isEqualTo(3);
        assertThat(house.references.find("fake", "main", dispatch.reference())).contains(dispatch.id());
        assertThat(house.provider.sends()).hasSize(1);
        assertThat(house.faults.names()).containsExactly("transactWriteItems", "transactWriteItems");
    }

    @Test
    void withoutASessionItIsStoredAllTheSame() {
        house.provider.ready(() -> new Readiness.NotYet("login", "", null));

        var batch = house.admitted(House.to(1));

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.ACCEPTED);
        assertThat(house.dispatch(batch, 0).due()).isEqualTo(batch.created().plusSeconds(120));
    }

    @Test
    void anAdapterThatBreaksLeavesAnAnswerAndAnUnconfirmedDispatch() {
        house.provider.sending(order -> {
            throw new IllegalStateException("a bug");
        });

        var batch = house.admitted(House.to(1));

        assertThat(house.dispatch(batch, 0).state()).isEqualTo(DispatchState.UNCONFIRMED);
        assertThat(house.told.sum(Metric.INTERNAL_ERRORS)).isEqualTo(1);
    }

    @Test
    void aHundredThousandAreStoredInAFewHundredItems() {
        house.provider.maxRecipients(100_000);

        var batch = house.admitted(request(
                "hello", IntStream.range(0, 100_000).mapToObj(House::entry).toList()));

        assertThat(batch.spread()).isTrue();
        assertThat(batch.dispatches()).isEqualTo(200);
        assertThat(house.items()).isEqualTo(401);
        assertThat(house.faults.names().stream().filter("batchWriteItem"::equals))
                .hasSize(8);
        assertThat(house.faults.names().stream().filter("transactWriteItems"::equals))
                .hasSize(4);
        assertThat(house.recipients.of(batch.id(), 199)).hasSize(500);
    }
}
