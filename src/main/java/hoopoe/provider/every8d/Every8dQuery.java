package hoopoe.provider.every8d;

import hoopoe.provider.ProviderException;
import hoopoe.provider.xml.SoapMessage;

/**
 * One operation that asks: its call, and what its result text says.
 *
 * @param <T> the answer
 */
interface Every8dQuery<T> {

    String operation();

    SoapMessage message(SessionKey key);

    /** @throws ProviderException.MalformedAnswer where the text is none that the contract lists */
    T read(String text) throws Every8dRefusal;

    /** For exceptions and metrics. */
    default String name() {
        return "every8d " + operation();
    }

    /** {@code -code,text}. Told before anything else: an error line may look like a result. */
    default void refuse(String stripped) throws Every8dRefusal {
        var line = Every8dResultJson.line(stripped);
        if (line.startsWith("-")) {
            throw new Every8dRefusal(Every8dError.of(line).orElseThrow(this::malformed));
        }
    }

    default ProviderException.MalformedAnswer malformed() {
        return new ProviderException.MalformedAnswer(name(), "malformed");
    }
}
