package hoopoe.provider.every8d;

import hoopoe.provider.ProviderException;
import hoopoe.provider.soap.SoapMessage;

/**
 * One operation that asks: its call, and what its result text says.
 *
 * @param <T> the answer
 */
interface Question<T> {

    String operation();

    SoapMessage message(SessionKey key);

    /** @throws ProviderException.Malformed where the text is none that the contract lists */
    T read(String text) throws Every8dRefusal;

    /** For exceptions and metrics. */
    default String name() {
        return "every8d " + operation();
    }

    /** {@code -code,text}. Told before anything else: an error line may look like a result. */
    default void refuse(String stripped) throws Every8dRefusal {
        var line = ResultJson.line(stripped);
        if (line.startsWith("-")) {
            throw new Every8dRefusal(Every8dError.of(line).orElseThrow(this::malformed));
        }
    }

    default ProviderException.Malformed malformed() {
        return new ProviderException.Malformed(name(), "malformed");
    }
}
