package hoopoe.local.smspanel;

/** A call that ends in a fault instead of a result. */
final class SoapFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private SoapFault(String code, String message) {
        super(message);
        this.code = code;
    }

    static SoapFault caller(String message) {
        return new SoapFault("SOAP-ENV:Client", message);
    }

    static SoapFault service(String message) {
        return new SoapFault("SOAP-ENV:Server", message);
    }

    String code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
