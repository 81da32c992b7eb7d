package hoopoe.provider.soap;

/** How a SOAP call ended: what the wire says and what the envelope says, side by side, because they may disagree. */
public sealed interface SoapReply {

    record Answered(int status, SoapAnswer answer) implements SoapReply {}

    /** Proof that the other side saw nothing. */
    record NothingSent(String why) implements SoapReply {}

    /** It may have been seen; no whole answer came. */
    record Lost(String why) implements SoapReply {}
}
