package hoopoe.provider.xml;

/** The result of a SOAP call. HTTP status and envelope are kept side by side, because they may disagree. */
public sealed interface SoapCallResult {

    record SoapAnswered(int status, SoapResponse answer) implements SoapCallResult {}

    /** Proof that the provider saw nothing. */
    record SoapNotSent(String why) implements SoapCallResult {}

    /** It may have been seen; no complete answer came. */
    record SoapLost(String why) implements SoapCallResult {}
}
