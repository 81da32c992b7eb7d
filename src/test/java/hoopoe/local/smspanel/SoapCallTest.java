package hoopoe.local.smspanel;

import hoopoe.local.stage.Switches;
import hoopoe.local.wire.Request;
import hoopoe.testing.OutsideDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoapCallTest {

    private static Request request(String document) {
        var body = document.getBytes(StandardCharsets.UTF_8);
        return new Request(1, Instant.EPOCH, "POST", "/", "HTTP/1.1", List.of(), body, body);
    }

    @Test
    void nothingElsewhereIsFetched() throws Exception {
        try (var elsewhere = new OutsideDocument()) {
            elsewhere.isNotFetchedBy(
                    document -> SoapCall.read(request(document), new Switches(Switch.class)),
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                            + "<GetCredit><Username>&x;</Username></GetCredit></s:Body></s:Envelope>");
        }
    }
}
