package hoopoe.provider.every8d;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.platform.Json;
import hoopoe.prove.fuzz.Outcomes;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.WrittenAccounts;
import hoopoe.prove.fuzz.WrittenAnswer;
import hoopoe.prove.fuzz.WrittenCallback;
import hoopoe.prove.fuzz.WrittenXml;
import hoopoe.provider.CallbackContent.ReplyCallback;
import hoopoe.provider.ProviderException;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.xml.SoapResponse;
import hoopoe.provider.xml.SoapVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Everything that EVERY8D says to us, and every text that we pass on to it. */
class Every8dFuzzTest {

    private static final int RECIPIENTS = 2;
    private static final Set<String> PROOF = Set.of("-100", "-101", "-301", "-999");
    private static final Set<String> DOUBT = Set.of("-97", "-99");
    private static final Pattern LINE = Pattern.compile("(-\\d{1,9})(\\.0+)?\\s*(,.*)?", Pattern.DOTALL);
    private static final Pattern SENT = Pattern.compile(
            "[-+.\\d\\s]+(,[-+.\\d\\s]*){2,3},\\s*\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\s*(,.*)?",
            Pattern.DOTALL);

    @FuzzTest
    @DictionaryEntries({
        "sendSMSResponse",
        "sendSMSResult",
        "Fault",
        "-301",
        "-99,",
        "\"Msg\":",
        "\"Result\":",
        "<![CDATA["
    })
    void send(byte[] input) {
        var answer = WrittenAnswer.of(input);
        var outcome = Probe.of(input, bytes -> Every8dSendVerdict.of(WrittenAnswer.of(bytes), "sendSMS", RECIPIENTS));
        Outcomes.areWhole(outcome);
        if (outcome instanceof NotSent notSent) {
            must(PROOF.contains(notSent.code()), "no proof that nothing was sent");
            must(said(answer).equals(notSent.code()), "the provider said something else");
        } else if (outcome instanceof Rejected rejected) {
            must(!DOUBT.contains(rejected.code()) && !PROOF.contains(rejected.code()), "no refusal of a message");
            must(isUnknownOperation(answer) || said(answer).equals(rejected.code()), "the provider refused nothing");
        } else if (outcome instanceof Accepted accepted) {
            must(answer.status() == 200 && result(answer).contains(accepted.reference()), "accepted by nobody");
            must(accepted.results().isEmpty() || accepted.unsent() >= RECIPIENTS, "a part was taken for the whole");
        }
        must(
                !(outcome instanceof Accepted accepted)
                        || accepted.results().stream().allMatch(one -> one.state() == MessageState.REJECTED),
                "a guess");
    }

    /** The code of an error line that stands alone, in an answer with one result; else empty. */
    private static String said(CompleteResponse answer) {
        var line = LINE.matcher(result(answer));
        return answer.status() == 200
                        && line.matches()
                        && !SENT.matcher(result(answer)).matches()
                ? line.group(1)
                : "";
    }

    private static String result(CompleteResponse answer) {
        var results = WrittenXml.texts(new String(answer.body(), StandardCharsets.UTF_8), "sendSMSResult");
        if (results.size() != 1) {
            return "";
        }
        var text = results.get(0).replace("\uFEFF", "").strip();
        return text.startsWith("{")
                ? Json.tree(text)
                        .map(json -> json.path("Msg").asText("").strip())
                        .orElse("")
                : text;
    }

    private static boolean isUnknownOperation(CompleteResponse answer) {
        var words = new String(answer.body(), StandardCharsets.UTF_8);
        return answer.status() >= 400 && WrittenXml.texts(words, "Fault").size() == 1;
    }

    @FuzzTest
    @DictionaryEntries({"GET_CONNECTION", "SESSION_KEY", "CODE", "&lt;", "getConnectionResult", "-101"})
    void login(byte[] input) {
        for (var lenient : List.of(true, false)) {
            var login = Probe.of(input, bytes -> new Every8dLoginParser().read(WrittenAnswer.of(bytes), lenient));
            must(
                    WrittenAnswer.of(input).status() == 200 || login instanceof Every8dLoginResult.NoAnswer,
                    "an answer that says nothing");
            must(
                    !(login instanceof Every8dLoginResult.LoginRefused refused)
                            || Set.of("-100", "-101", "-999").contains(refused.code()),
                    "blocked without a reason");
            must(
                    !(login instanceof Every8dLoginResult.LoggedIn loggedIn)
                            || !loggedIn.value().isBlank(),
                    "no key");
            must(!(login instanceof Every8dLoginResult.NoAnswer none) || none.bodyMayHaveLeft(), "it left");
        }
    }

    @FuzzTest
    @DictionaryEntries({"SMS_LOG", "GET_DELIVERY_STATUS", "COUNT=\"1\"", "REPLY_SMS", "&lt;", "STATUS", "<![CDATA["})
    void report(byte[] input) {
        for (var lenient : List.of(true, false)) {
            Probe.of(input, bytes -> asked(bytes, new Every8dReports("ref", 2, lenient)));
        }
    }

    @FuzzTest
    void credit(byte[] input) {
        Probe.of(input, bytes -> asked(bytes, new Every8dCredit()));
    }

    @FuzzTest
    void cancel(byte[] input) {
        Probe.of(input, bytes -> asked(bytes, new Every8dCancel("ref")));
    }

    /** As {@link Every8dQueryCall} reads it; what it may throw is an answer here. */
    private static Object asked(byte[] input, Every8dQuery<?> query) {
        if (!(SoapResponse.read(WrittenAnswer.of(input).body(), query.operation())
                instanceof SoapResponse.SoapResult result)) {
            return "none";
        }
        try {
            return query.read(result.text());
        } catch (Every8dRefusal refusal) {
            return refusal.error();
        } catch (ProviderException.MalformedAnswer malformed) {
            return malformed.getMessage();
        }
    }

    @FuzzTest
    @DictionaryEntries({"BatchID=", "&RM=", "&STATUS=999", "&RT=", "&SM=", "&SUBJECT=", "%2b8869", "&MR="})
    void callback(byte[] input) {
        var content = Probe.of(input, bytes -> Every8dCallbacks.read(WrittenCallback.of(bytes)));
        must(
                !(content instanceof ReplyCallback)
                        || new String(input, StandardCharsets.ISO_8859_1).matches("(?s).*(9|%39){3}.*"),
                "a report was taken for a reply");
    }

    /** What no check objects to can be sent, and arrives as it was written. */
    @FuzzTest
    void order(@NotNull String subject, @NotNull String text, @NotNull String name) {
        var recipient = new OrderRecipient(
                new PhoneNumber("+886912345678"), null, name.isEmpty() ? null : name, null, null, null);
        var order = new SendOrder("01J", subject, text, null, null, List.of(recipient));
        if (Every8dValidator.of(order).isEmpty()) {
            var message = new Every8dOrders(order, Instant.EPOCH).message(new SessionKey("key", 1));
            var document = new String(message.envelope(SoapVersion.V1_1), StandardCharsets.UTF_8);
            var inner = WrittenXml.texts(document, "contentXML");
            var content =
                    inner.isEmpty() ? WrittenXml.texts(document, "content") : WrittenXml.texts(inner.get(0), "USER");
            must(content.equals(List.of(order.text().strip())), "another text is sent");
        }
    }

    @FuzzTest
    @DictionaryEntries({"soap-version=1.2", "url=https://canary@127.0.0.1/", "url=canary:", "dispatch-size=2000", "${"})
    void account(byte[] input) {
        Probe.of(
                input,
                bytes -> WrittenAccounts.objection(
                        bytes,
                        "every8d",
                        Every8dClient::objection,
                        account -> must(
                                Every8dClient.endpoint(account).getScheme().startsWith("http"),
                                "it cannot be called")));
    }
}
