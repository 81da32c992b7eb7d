package hoopoe.local.every8d;

import hoopoe.testing.OutsideDocument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class XmlTest {

    @Test
    void nothingElsewhereIsFetched() throws Exception {
        try (var elsewhere = new OutsideDocument()) {
            elsewhere.isNotFetchedBy(
                    document -> ReceiversXml.read(document, ""),
                    "<REPS><USER MOBILE=\"+886900000001\">&x;</USER></REPS>");
            elsewhere.isNotFetchedBy(
                    document -> SoapBody.read(Soap.V1_1, document.getBytes(StandardCharsets.UTF_8), "UTF-8"),
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                            + "<getCredit xmlns=\"http://tempuri.org/\"><sessionKey>&x;</sessionKey></getCredit></s:Body></s:Envelope>");
        }
    }
}
