package hoopoe.provider.every8d;

import hoopoe.provider.ProviderException;
import hoopoe.provider.every8d.Every8dError.Every8dRefusal;
import hoopoe.provider.every8d.Every8dLogin.SessionKey;
import hoopoe.provider.xml.SoapMessage;

/**
 * A query: its call, and the parser of its result text.
 *
 * @param <T> the answer
 */
interface Every8dQuery<T> {

    String operation();

    SoapMessage message(SessionKey key);

    /** @throws ProviderException.MalformedAnswer where the contract does not list such a text */
    T read(String text) throws Every8dRefusal;

    /** The name in exceptions and metrics. */
    default String name() {
        return "every8d " + operation();
    }

    /** Throws for {@code -code,text}. Checked first, because an error line may look like a result. */
    default void refuse(String stripped) throws Every8dRefusal {
        var line = Every8dSendResultParser.errorLine(stripped);
        if (line.startsWith("-")) {
            throw new Every8dRefusal(Every8dError.of(line).orElseThrow(this::malformed));
        }
    }

    default ProviderException.MalformedAnswer malformed() {
        return new ProviderException.MalformedAnswer(name(), "malformed");
    }
}
