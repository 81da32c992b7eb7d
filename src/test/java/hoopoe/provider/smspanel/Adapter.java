package hoopoe.provider.smspanel;

import hoopoe.provider.AdapterFixture;
import hoopoe.provider.ReportQuery;
import hoopoe.provider.SendOrder;
import hoopoe.provider.SendOutcome.Accepted;
import hoopoe.provider.SendOutcome.RecipientResult;
import java.util.Map;
import java.util.stream.IntStream;

/** The adapter with its account {@code tehran}. */
final class Adapter extends AdapterFixture {

    final SmspanelProvider provider;

    Adapter(Setup setup) {
        super("tehran", Map.of("provider", "smspanel", "from", "3000123"), setup);
        var calls = new SmspanelClient(providerHttpClient);
        var login = new SmspanelLogin(secrets, accountBlocks, accounts);
        var queryCall = new SmspanelQueryCall(calls, login);
        provider = new SmspanelProvider(calls, login, queryCall, new SmspanelReports(queryCall));
    }

    Adapter(String url) {
        this(new Setup(url));
    }

    Adapter(String url, Map<String, String> options) {
        this(new Setup(url).options(options));
    }

    @Override
    public SmspanelProvider provider() {
        return provider;
    }

    static SendOrder order(String text, String... numbers) {
        return new SendOrder("T1", "", text, null, null, recipients(numbers));
    }

    /** As it is asked about afterwards. */
    static ReportQuery query(SendOrder order, Accepted accepted) {
        var ids = accepted.results().stream().map(RecipientResult::id).toList();
        return new ReportQuery(
                String.valueOf(accepted.reference()),
                IntStream.range(0, ids.size())
                        .mapToObj(n -> new ReportQuery.QueriedMessage(
                                order.recipients().get(n).to(), ids.get(n)))
                        .toList());
    }
}
