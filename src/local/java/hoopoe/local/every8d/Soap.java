package hoopoe.local.every8d;

import java.util.Locale;
import java.util.Optional;

/** The two versions of the protocol, as ASP.NET speaks them. */
enum Soap {
    V1_1("http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
    V1_2("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml");

    static final String NAMESPACE = "http://tempuri.org/";

    private final String envelope;
    private final String mediaType;

    Soap(String envelope, String mediaType) {
        this.envelope = envelope;
        this.mediaType = mediaType;
    }

    static Optional<Soap> ofContentType(String contentType) {
        String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals(V1_1.mediaType)
                ? Optional.of(V1_1)
                : Optional.of(V1_2).filter(soap -> media.equals(soap.mediaType));
    }

    String envelope() {
        return envelope;
    }

    String contentType() {
        return mediaType + "; charset=utf-8";
    }

    /** The fault codes: version 1.2 says Sender for Client and Receiver for Server. */
    String name(SoapFault.Blame blame) {
        return switch (blame) {
            case CALLER -> this == V1_1 ? "Client" : "Sender";
            case SERVICE -> this == V1_1 ? "Server" : "Receiver";
            case VERSION -> "VersionMismatch";
            case HEADER -> "MustUnderstand";
        };
    }
}
