package hoopoe.provider.text421;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hoopoe.platform.Json;
import hoopoe.prove.fuzz.Outcomes;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.WrittenAccounts;
import hoopoe.prove.fuzz.WrittenAnswer;
import hoopoe.prove.fuzz.WrittenCallback;
import hoopoe.prove.fuzz.WrittenXml;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.secret.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Everything that text421 says to us, and every text that we pass on to it. */
class Text421FuzzTest {

    private static final String ID = "12345678901234";
    private static final Pattern REFUSAL = Pattern.compile("4\\d\\d");
    private static final Pattern TAKEN = Pattern.compile("(?i)0*[1-9]\\d{0,8}");
    private static final Pattern OK = Pattern.compile("(?i)200|OK[.!]?");

    @FuzzTest
    @DictionaryEntries({
        "<status>",
        "<recipients>",
        "<description>",
        "\"status\":200",
        "\"recipients\":1",
        "ERROR 400, ",
        "OK"
    })
    void send(byte[] input) {
        var answer = WrittenAnswer.of(input);
        var outcome = Probe.of(input, bytes -> Text421SendVerdict.of(WrittenAnswer.of(bytes), ID));
        Outcomes.areWhole(outcome);
        if (outcome instanceof Rejected || outcome instanceof NotSent) {
            var statuses = values(answer, "status");
            must(
                    REFUSAL.matcher("" + answer.status()).matches() || answer.status() == 200,
                    "a 5xx or a redirect proves nothing");
            must(
                    REFUSAL.matcher("" + answer.status()).matches()
                            || statuses.stream()
                                    .anyMatch(status -> REFUSAL.matcher(status).matches())
                            || text(answer).toUpperCase(java.util.Locale.ROOT).startsWith("ERROR"),
                    "refused by nobody");
            must(statuses.stream().noneMatch(status -> OK.matcher(status).matches()), "a part says that it was taken");
            must(
                    values(answer, "recipients").stream()
                            .noneMatch(count -> TAKEN.matcher(count).matches()),
                    "a recipient was taken");
        } else if (outcome instanceof Accepted accepted) {
            must(answer.status() == 200 && ID.equals(accepted.reference()), "accepted by nobody");
        }
    }

    private static String text(CompleteResponse answer) {
        return new String(answer.body(), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .strip();
    }

    /** The values of a member at any depth of XML or JSON. */
    private static List<String> values(CompleteResponse answer, String name) {
        var text = text(answer);
        return text.startsWith("<")
                ? WrittenXml.texts(text, name)
                : Json.tree(text).map(json -> json.findValues(name)).stream()
                        .flatMap(List::stream)
                        .filter(value -> value.isValueNode())
                        .map(value -> value.asText().strip())
                        .toList();
    }

    @FuzzTest
    @DictionaryEntries({"\"delivery\":[", "\"id\":", "\"status\":", "\"received\":\"2012-10-18 22:10:11\""})
    void report(byte[] input) {
        Probe.of(input, bytes -> Text421Response.read(bytes));
        var report = Probe.of(
                input, bytes -> Text421DeliveryJson.read(WrittenAnswer.of(bytes).body()));
        report.ifPresent(facts -> facts.forEach((id, all) -> {
            Probe.whole(id);
            all.forEach(fact -> Probe.whole(fact.code(), fact.text()));
        }));
    }

    @FuzzTest
    @DictionaryEntries({
        "id=",
        "&rcv_msg_id=",
        "&msisdn=421905",
        "&status=",
        "&time=2012-10-18%2022:10:11",
        "&text=",
        "&source="
    })
    void callback(byte[] input) {
        Probe.of(input, bytes -> Text421Callbacks.read(WrittenCallback.of(bytes)));
    }

    /** What no check objects to can be sent, and arrives as it was written. */
    @FuzzTest
    void order(@NotNull String text, @NotNull String receivedId) {
        var order = Adapter.order(ID, receivedId, text);
        if (Text421Validator.of(order, false).isEmpty()) {
            var bill = Text421Orders.of(
                    new Credentials("user", "right", "billing", "1"),
                    "7401",
                    order,
                    Transliteration.normal(order.text(), false),
                    Instant.EPOCH);
            var document = new String(bill, StandardCharsets.UTF_8);
            must(WrittenXml.texts(document, "rcv_msg_id").equals(List.of(receivedId.strip())), "another id is sent");
            must(WrittenXml.texts(document, "text").size() == 1, "no text is sent");
        }
    }

    @FuzzTest
    @DictionaryEntries({"from=7401", "url=https://canary@127.0.0.1/", "url=canary:", "transliterate=true", "${"})
    void account(byte[] input) {
        Probe.of(
                input,
                bytes -> WrittenAccounts.objection(
                        bytes,
                        "text421",
                        Text421Client::objection,
                        account -> must(
                                Text421Client.base(account).getScheme().startsWith("http"), "it cannot be called")));
    }
}
