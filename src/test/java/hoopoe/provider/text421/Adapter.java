package hoopoe.provider.text421;

import hoopoe.message.BinaryMessage;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.AdapterFixture;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOrder.OrderRecipient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The adapter with its account {@code bratislava}. */
final class Adapter extends AdapterFixture {

    final Text421Provider provider;

    Adapter(Setup setup) {
        super("bratislava", Map.of("provider", "text421", "billing-key", "billing-1234", "from", "7401"), setup);
        var calls = new Text421Client(providerHttpClient);
        var login = new Text421Login(secrets, accountBlocks, accounts);
        provider = new Text421Provider(calls, login, new Text421Reports(calls, login));
    }

    Adapter(String url) {
        this(new Setup(url));
    }

    Adapter(String url, Map<String, String> options) {
        this(new Setup(url).options(options));
    }

    @Override
    public Text421Provider provider() {
        return provider;
    }

    static SendOrder order(String id, String receivedId, String text) {
        return order(id, receivedId, text, null, "+421901727051");
    }

    static SendOrder order(
            String id, String receivedId, String text, @Nullable BinaryMessage binaryMessage, String to) {
        var orderRecipient = new OrderRecipient(new PhoneNumber(to), null, null, null, null, receivedId);
        return new SendOrder("T1", id, "", text, null, null, binaryMessage, List.of(orderRecipient));
    }
}
