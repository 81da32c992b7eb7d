package hoopoe.provider.text421;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.provider.Deadline;
import hoopoe.provider.LocalTimes;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.provider.http.ProviderHttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls the operations of the API (its help pages): one call each, nothing repeated, no redirect followed. */
@ApplicationScoped
class Text421Client {

    /** The address in the document, without TLS. */
    private static final URI DEFAULT = URI.create("http://text421.naimar.sk/api/v6/rest");

    /** {@code 2012-11-05 16:01:22}, read in Slovakia's time zone, because no document names one. */
    static final LocalTimes TIMES = new LocalTimes(
            ZoneId.of("Europe/Bratislava"),
            "uuuu-MM-dd HH:mm:ss",
            "(\\d{4})-(\\d{1,2})-(\\d{1,2})[\\sT+]+(\\d{1,2}):(\\d{1,2}):(\\d{1,2})");

    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,15}");
    private static final String ACCEPT = "application/xml, text/xml, application/json, text/plain";

    private final ProviderHttpClient providerHttpClient;

    Text421Client(ProviderHttpClient providerHttpClient) {
        this.providerHttpClient = providerHttpClient;
    }

    HttpLimits limits() {
        return providerHttpClient.limits();
    }

    static URI base(Account account) {
        return account.url().orElse(DEFAULT);
    }

    /** What is wrong with the account's settings. Checked before a claim: a claimed send could neither leave nor return. */
    static Optional<String> objection(Account account) {
        if (!SHORT_NUMBER.matcher(account.option(AccountOption.FROM)).matches()) {
            return Optional.of("from is the short number that sends, digits");
        }
        var scheme = base(account).getScheme();
        return "https".equals(scheme) || "http".equals(scheme)
                ? Optional.empty()
                : Optional.of("url is a whole address up to /rest");
    }

    /** {@code smsSendBillXML}, with the full call time: the adapter has checked that the invocation has it. */
    ProviderHttpResponse send(Account account, byte[] xml) {
        return providerHttpClient.post(
                at(account, "/billsms/xml"), headers("text/xml; charset=utf-8"), xml, limits().call());
    }

    /** {@code deliveryJSON}, with the time that the invocation has left. */
    ProviderHttpResponse ask(Account account, byte[] json, Deadline deadline) {
        return providerHttpClient.post(
                at(account, "/delivery/json/"),
                headers("application/json; charset=utf-8"),
                json,
                limits().within(deadline));
    }

    private static URI at(Account account, String path) {
        return URI.create(base(account).toString().replaceFirst("/+$", "") + path);
    }

    private static Map<String, String> headers(String contentType) {
        return Map.of("Content-Type", contentType, "Accept", ACCEPT);
    }
}
