package hoopoe.provider.every8d;

import hoopoe.provider.AdapterFixture;
import hoopoe.provider.SendOrder;
import java.util.Map;

/** The adapter with its account {@code taipei}. */
final class Adapter extends AdapterFixture {

    final Every8dProvider provider;

    Adapter(Setup setup) {
        super("taipei", Map.of("provider", "every8d"), setup);
        var calls = new Every8dClient(providerHttpClient);
        var login = new Every8dLogin(sessions, calls, secrets, accounts, clock);
        provider = new Every8dProvider(calls, new Every8dQueryCall(calls, login), login);
    }

    Adapter(String url) {
        this(new Setup(url));
    }

    Adapter(String url, Map<String, String> options) {
        this(new Setup(url).options(options));
    }

    @Override
    public Every8dProvider provider() {
        return provider;
    }

    static SendOrder order(String text, String... numbers) {
        return new SendOrder("T1", "note", text, null, null, recipients(numbers));
    }
}
