package hoopoe.provider.every8d;

import hoopoe.account.Account;
import hoopoe.config.AccountOption;
import hoopoe.provider.Deadline;
import hoopoe.provider.LocalTimes;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.http.HttpLimits;
import hoopoe.provider.http.ProviderHttpClient;
import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.xml.SoapMessage;
import hoopoe.provider.xml.SoapResponse;
import hoopoe.provider.xml.SoapVersion;
import hoopoe.provider.xml.XmlBinding;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Calls the operations of the API, as its WSDL and its document have them: one call each, nothing repeated. */
@ApplicationScoped
class Every8dClient {

    private static final String NAMESPACE = "http://tempuri.org/";
    /** {@code 2015/09/23 15:37:05}, {@code 2010/3/20 3:27:50}, {@code 2015-09-23 15:37:05}, {@code 2021/06/0114:27:55} */
    private static final String REPORTED = "(\\d{4})[/-](\\d{1,2})[/-](\\d{1,2})\\s*(\\d{1,2}):(\\d{1,2}):(\\d{1,2})";

    /** {@code 20090131153000} in calls and callbacks, {@link #REPORTED} in reports; Taiwan's time, though no document names a zone. */
    static final LocalTimes TIMES = new LocalTimes(
            Every8dLogin.TAIPEI, "uuuuMMddHHmmss", REPORTED, "(\\d{4})(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)");

    static final XmlBinding DOCUMENTS =
            new XmlBinding(Every8dLoginXml.class, Every8dReportXml.class, Every8dContentXml.class);

    private static final URI DEFAULT = URI.create("https://oms.every8d.com/API21/SOAP/SMS.asmx");

    private final ProviderHttpClient providerHttpClient;
    private final Every8dLoginParser logins;

    Every8dClient(ProviderHttpClient providerHttpClient) {
        this.providerHttpClient = providerHttpClient;
        this.logins = new Every8dLoginParser();
    }

    static SoapMessage message(String operation, SessionKey key) {
        return SoapMessage.of(NAMESPACE, operation).with("sessionKey", key.value());
    }

    /** What is wrong with the account's settings. Checked before a claim: a claimed send could neither leave nor return. */
    static Optional<String> objection(Account account) {
        try {
            version(account);
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
        var scheme = endpoint(account).getScheme();
        return "https".equals(scheme) || "http".equals(scheme)
                ? Optional.empty()
                : Optional.of("url is a whole address, https://…");
    }

    static URI endpoint(Account account) {
        return account.url().orElse(DEFAULT);
    }

    HttpLimits limits() {
        return providerHttpClient.limits();
    }

    /** Never throws because of the provider. Takes at most its own limit, and the deadline less 2 s. */
    Every8dLoginResult getConnection(Account account, String user, String password, Deadline deadline) {
        var message = SoapMessage.of(NAMESPACE, Every8dLoginParser.OPERATION)
                .with("userID", user)
                .with("password", password);
        return logins.read(ask(account, message, deadline), isLenient(account));
    }

    /** Ends the key for everything that uses the account. @return whether the provider confirmed it; drop the key either way */
    boolean closeConnection(Account account, SessionKey key, Deadline deadline) {
        return ask(account, message("closeConnection", key), deadline) instanceof CompleteResponse whole
                && whole.status() == 200
                && SoapResponse.read(whole.body(), "closeConnection") instanceof SoapResponse.SoapResult soapResult
                && soapResult.text().strip().equals("1");
    }

    /** Takes the full call time: the adapter has checked that the invocation has it. */
    ProviderHttpResponse send(Account account, SoapMessage message) {
        return call(account, message, limits().call());
    }

    /** Takes the time that the invocation has left. */
    ProviderHttpResponse ask(Account account, SoapMessage message, Deadline deadline) {
        return call(account, message, limits().within(deadline));
    }

    static boolean isLenient(Account account) {
        return Boolean.parseBoolean(account.option(AccountOption.LENIENT_XML));
    }

    private ProviderHttpResponse call(Account account, SoapMessage message, Duration limit) {
        var version = version(account);
        return providerHttpClient.post(endpoint(account), message.headers(version), message.envelope(version), limit);
    }

    private static SoapVersion version(Account account) {
        return SoapVersion.of(account.option(AccountOption.SOAP_VERSION));
    }
}
