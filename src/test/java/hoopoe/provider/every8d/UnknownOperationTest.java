package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.soap.SoapAnswer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a fault proves that the server knows no such operation: then nothing was done, now and ever. */
class UnknownOperationTest {

    @ParameterizedTest
    @CsvSource({
        "'Server did not recognize the value of HTTP Header SOAPAction: http://tempuri.org/a.', true",
        "'did not recognize SOAPAction', true",
        "'DID NOT RECOGNIZE the SoapAction', true",
        "'SOAPAction: did not recognize', false",
        "'did not recognize the user', false",
        "'SOAPAction', false",
        "'', false"
    })
    void theWordsTellInTheirOrder(String text, boolean isUnknown) {
        assertThat(SendVerdict.isUnknownOperation(new SoapAnswer.Fault("Client", text)))
                .isEqualTo(isUnknown);
    }
}
