package hoopoe.provider.smspanel;

import static hoopoe.prove.fuzz.Probe.must;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hoopoe.account.Account;
import hoopoe.message.MessageState;
import hoopoe.message.PhoneNumber;
import hoopoe.prove.fuzz.Outcomes;
import hoopoe.prove.fuzz.Probe;
import hoopoe.prove.fuzz.WrittenAccounts;
import hoopoe.prove.fuzz.WrittenAnswer;
import hoopoe.prove.fuzz.WrittenXml;
import hoopoe.provider.InboxContent;
import hoopoe.provider.InboxResponse;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.NotSent;
import hoopoe.provider.SendOutcome.Rejected;
import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.xml.RpcMessage;
import hoopoe.provider.xml.RpcResponse;
import hoopoe.provider.xml.RpcValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Everything that a panel says to us, and every text that we pass on to it. */
class SmspanelFuzzTest {

    private static final List<PhoneNumber> TO =
            List.of(new PhoneNumber("+989121234567"), new PhoneNumber("+989121234568"));
    private static final Set<String> REFUSALS = Set.of("-2", "-4", "-5");

    @FuzzTest
    @DictionaryEntries({
        "<ErrCode>",
        "<result>",
        "<item>",
        "<key>",
        "href=\"#a\"",
        "xsi:nil=\"true\"",
        "{\"ErrCode\":0,\"result\":["
    })
    void send(byte[] input) {
        var answer = WrittenAnswer.of(input);
        var outcome = Probe.of(input, bytes -> SmspanelSendVerdict.of(WrittenAnswer.of(bytes), TO));
        Outcomes.areWhole(outcome);
        if (outcome instanceof NotSent notSent) {
            must(answer.status() == 200 && notSent.code().equals("-1"), "no proof that nothing was sent");
            must(!isTaken(answer), "something in it was taken");
        } else if (outcome instanceof Rejected rejected) {
            must(rejected.code().equals("fault") || answer.status() == 200, "the line says otherwise");
            must(rejected.code().equals("fault") || REFUSALS.contains(rejected.code()), "no refusal");
            must(!isTaken(answer), "something in it was taken");
        } else if (outcome instanceof Accepted accepted) {
            must(answer.status() == 200 && accepted.results().size() == TO.size(), "accepted by nobody");
            must(
                    accepted.results().stream()
                            .filter(one -> one.state() == MessageState.REJECTED)
                            .allMatch(one -> REFUSALS.contains(one.code()) && one.id() == null),
                    "a message was refused without proof");
        }
    }

    /** Whether an error code anywhere in it is 0. */
    private static boolean isTaken(CompleteResponse answer) {
        var document = new String(answer.body(), StandardCharsets.UTF_8);
        return WrittenXml.texts(document, "ErrCode").stream().anyMatch(code -> code.matches("[+-]?0+(\\.0+)?"));
    }

    @FuzzTest
    @DictionaryEntries({"<ErrCode>0</ErrCode>", "<result>", "<item>", "<key>", "536221499", "unique_id", "status"})
    void report(byte[] input) {
        Probe.of(input, read(value -> SmspanelStatusAnswer.read(value, List.of("536221499", "536221500"))));
    }

    @FuzzTest
    void credit(byte[] input) {
        Probe.of(input, read(SmspanelCredit::read));
    }

    private static Function<byte[], Object> read(Function<RpcValue, Object> read) {
        return bytes -> {
            var answer = WrittenAnswer.of(bytes);
            return RpcResponse.read(answer.body(), answer.contentType()) instanceof RpcResponse.RpcResult result
                    ? read.apply(result.value())
                    : "none";
        };
    }

    /** What was taken out of the inbox is nowhere else: each message is in what we read, and none comes in twice. */
    @FuzzTest
    @DictionaryEntries({"<from>", "<to>", "<msg>", "<time>", "<item>", "href=\"#a\"", "id=\"a\"", "<![CDATA["})
    void inbox(byte[] input) {
        var content = Probe.of(input, bytes -> {
            var answer = WrittenAnswer.of(bytes);
            return SmspanelInbox.read(
                    new InboxResponse.RawResponse(answer.status(), answer.contentType(), answer.body(), "1"));
        });
        if (content instanceof InboxContent.Messages messages) {
            var identities = messages.messages().stream()
                    .map(InboxContent.ReceivedMessage::identity)
                    .distinct();
            messages.messages().forEach(message -> Probe.whole(message.text(), message.to(), message.identity()));
            must(identities.count() == messages.messages().size(), "two messages are one");
        }
    }

    /** What no check objects to can be sent, and arrives as it was written. */
    @FuzzTest
    void order(@NotNull String text) {
        var order = Adapter.order(text, "+989121234567");
        if (SmspanelValidator.of(order).isEmpty()) {
            var message = RpcMessage.of("urn:smsserver", "SendSMS").with("messageContent", order.text());
            var document = new String(message.envelope(), StandardCharsets.UTF_8);
            must(
                    WrittenXml.texts(document, "messageContent")
                            .equals(List.of(order.text().strip())),
                    "another text is sent");
        }
    }

    @FuzzTest
    @DictionaryEntries({
        "from=3000123",
        "url=https://canary@127.0.0.1/server.php?wsdl",
        "url=canary:",
        "namespace=urn:",
        "soap-action=urn:#%s",
        "parameter-order=SendSMS=fromNum,toNum,messageContent,user,pass;",
        "number-form=+98",
        "${"
    })
    void account(byte[] input) {
        Probe.of(
                input,
                bytes -> WrittenAccounts.objection(
                        bytes, "smspanel", SmspanelFuzzTest::objection, SmspanelFuzzTest::isCallable));
    }

    /** Other accounts are compared with the address, whatever it is. */
    private static Optional<String> objection(Account account) {
        SmspanelDialect.address(account);
        return SmspanelDialect.objection(account);
    }

    private static void isCallable(Account account) {
        var dialect = SmspanelDialect.of(account);
        var message = RpcMessage.of(dialect.namespace(), "SendSMS").with("fromNum", dialect.sender());
        var document = new String(message.envelope(), StandardCharsets.UTF_8);
        must(WrittenXml.texts(document, "fromNum").equals(List.of(dialect.sender())), "another sender");
        for (var method : SmspanelMethod.values()) {
            must(dialect.order(method).containsAll(method.parameters()), "a parameter is left out");
            must(
                    dialect.action(method).chars().allMatch(c -> c >= ' ' && c < 127),
                    "a header that divides the request");
        }
    }
}
