package hoopoe.local.text421;

import hoopoe.testing.OutsideDocument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BillXmlTest {

    @Test
    void nothingElsewhereIsFetched() throws Exception {
        try (var elsewhere = new OutsideDocument()) {
            elsewhere.isNotFetchedBy(
                    document -> BillXml.read(document.getBytes(StandardCharsets.UTF_8), false),
                    "<sms><username>&x;</username></sms>");
        }
    }
}
