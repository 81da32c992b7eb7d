package hoopoe.batch.create;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import hoopoe.account.Account;
import hoopoe.account.Accounts;
import hoopoe.batch.Recipient;
import hoopoe.message.Surrogates;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.WrittenJson;
import hoopoe.testing.FakeProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The request of a batch, once it is JSON: every recipient is accepted or refused, and what is accepted can be stored and sent. */
class BatchFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final Account ACCOUNT = new Accounts(new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(
                            Map.of("hoopoe.accounts.main.provider", FakeProvider.TYPE), "test", 100))
                    .build())
            .find("main")
            .orElseThrow();

    @FuzzTest
    @DictionaryEntries({
        "{\"text\":\"",
        "\"recipients\":[{\"to\":\"0912345678\"",
        "{{name}}",
        "{{{{",
        "\"variables\":{\"name\":",
        "\"send_at\":\"2026-12-01T08:00:00Z\"",
        "\\ud800",
        "\"received_id\":"
    })
    void request(byte[] input) {
        Probe.of(input, bytes -> WrittenJson.body(bytes, BatchRequest.class)
                .filter(request -> request.recipients().stream().noneMatch(one -> one == null)
                        && request.recipients().stream().noneMatch(one -> one.variables().values().stream()
                                .anyMatch(value -> value == null)))
                .map(BatchFuzzTest::validated)
                .orElse(List.of()));
    }

    private static List<Object> validated(BatchRequest request) {
        var validator = new BatchValidator(PROVIDER, ACCOUNT, request, NOW).read("01J-0");
        var accepted = validator.accepted();
        if (validator.errors().isEmpty()) {
            must(
                    accepted.size() + validator.rejected().size()
                            == request.recipients().size(),
                    "a recipient was forgotten");
            validator.summary();
            accepted.forEach(recipient -> check(recipient, validator.text()));
            dispatches(accepted);
        }
        return List.of(validator.errors(), accepted, validator.rejected());
    }

    private static void check(Recipient recipient, String text) {
        var sent = recipient.text() == null ? text : recipient.text();
        must(!sent.isBlank() && sent.length() <= 1530 * 4, "a text that cannot be sent");
        must(recipient.reference() == null || !Surrogates.areTorn(recipient.reference()), "it cannot be stored");
    }

    /** Every recipient is in one dispatch, and no dispatch has a number twice. */
    private static void dispatches(List<Recipient> accepted) {
        var dispatches = DispatchPartitioner.of(accepted, 3);
        must(
                dispatches.stream().mapToInt(List::size).sum() == accepted.size(),
                "a recipient is in no dispatch, or in two");
        for (var dispatch : dispatches) {
            must(dispatch.size() <= 3, "a dispatch is too large");
            must(
                    dispatch.stream().map(Recipient::to).distinct().count() == dispatch.size(),
                    "a dispatch has a number twice");
        }
    }
}
