package hoopoe.provider.xml;

/** How a SOAP call ended: what the wire says and what the envelope says, side by side, because they may disagree. */
public sealed interface SoapCallResult {

    record SoapAnswered(int status, SoapResponse answer) implements SoapCallResult {}

    /** Proof that the other side saw nothing. */
    record SoapNotSent(String why) implements SoapCallResult {}

    /** It may have been seen; no whole answer came. */
    record SoapLost(String why) implements SoapCallResult {}
}
