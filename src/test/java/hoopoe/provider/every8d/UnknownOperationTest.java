package hoopoe.provider.every8d;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.provider.xml.SoapResponse;
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
        "'Unable to handle request. The action ''http://tempuri.org/a'' was not recognized.', true",
        "'UNABLE to handle REQUEST. the ACTION a WAS not RECOGNIZED', true",
        "'was not recognized. Unable to handle request. The action ', false",
        "'Unable to handle request. The action a was recognized.', false",
        "'The user was not recognized.', false",
        "'did not recognize the action, which was not recognized', false",
        "'Unable to handle request. The action SOAPAction', false",
        "'', false"
    })
    void theWordsTellInTheirOrder(String text, boolean isUnknown) {
        assertThat(Every8dSendVerdict.isUnknownOperation(new SoapResponse.SoapFault("Client", text)))
                .isEqualTo(isUnknown);
    }
}
