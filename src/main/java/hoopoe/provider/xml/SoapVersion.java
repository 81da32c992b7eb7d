package hoopoe.provider.xml;

import java.util.Map;

/** The differences between the two SOAP versions: the envelope, and where the action stands (SOAP 1.1 §6.1.1, RFC 3902). */
public enum SoapVersion {
    V1_1("1.1", "http://schemas.xmlsoap.org/soap/envelope/") {
        @Override
        Map<String, String> headers(String action) {
            return Map.of("Content-Type", "text/xml; charset=utf-8", "SOAPAction", '"' + action + '"');
        }
    },
    V1_2("1.2", "http://www.w3.org/2003/05/soap-envelope") {
        @Override
        Map<String, String> headers(String action) {
            return Map.of("Content-Type", "application/soap+xml; charset=utf-8; action=\"" + action + '"');
        }
    };

    private final String number;
    private final String namespace;

    SoapVersion(String number, String namespace) {
        this.number = number;
        this.namespace = namespace;
    }

    /** @throws IllegalArgumentException where it is neither {@code 1.1} nor {@code 1.2} */
    public static SoapVersion of(String number) {
        for (var version : values()) {
            if (version.number.equals(number)) {
                return version;
            }
        }
        throw new IllegalArgumentException("soap-version is 1.1 or 1.2");
    }

    static boolean isEnvelope(String namespace) {
        return V1_1.namespace.equals(namespace) || V1_2.namespace.equals(namespace);
    }

    String namespace() {
        return namespace;
    }

    abstract Map<String, String> headers(String action);
}
