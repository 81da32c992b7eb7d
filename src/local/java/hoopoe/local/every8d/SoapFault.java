package hoopoe.local.every8d;

/** A call that ends in a fault instead of a result. */
final class SoapFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    enum Blame {
        CALLER,
        SERVICE,
        VERSION,
        HEADER
    }

    private final Blame blame;

    private SoapFault(Blame blame, String message) {
        super(message);
        this.blame = blame;
    }

    static SoapFault caller(String message) {
        return new SoapFault(Blame.CALLER, message);
    }

    /** ASP.NET has a sentence of its own for each version. */
    static SoapFault unknownAction(Soap soap, String action) {
        return caller(
                soap == Soap.V1_1
                        ? "Server did not recognize the value of HTTP Header SOAPAction: " + action + "."
                        : "Unable to handle request. The action '" + action + "' was not recognized.");
    }

    /** An exception inside the service. */
    static SoapFault service(String inner) {
        return new SoapFault(Blame.SERVICE, "Server was unable to process request. ---> " + inner);
    }

    static SoapFault version(String found, String expected) {
        return new SoapFault(
                Blame.VERSION,
                "Possible SOAP version mismatch: Envelope namespace " + found + " was unexpected. Expecting " + expected
                        + ".");
    }

    static SoapFault header(String name) {
        return new SoapFault(Blame.HEADER, "SOAP header " + name + " was not understood.");
    }

    Blame blame() {
        return blame;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
