package hoopoe.provider.every8d;

import hoopoe.provider.http.ProviderHttpResponse.CompleteResponse;
import hoopoe.provider.xml.SoapResponse;
import hoopoe.provider.xml.XmlText;
import java.nio.charset.StandardCharsets;

/** Answers of the provider, in their envelopes. */
final class SoapAnswers {

    private SoapAnswers() {}

    static CompleteResponse of(int status, String operation, SoapResponse answer) {
        return new CompleteResponse(
                status, "text/xml; charset=utf-8", "", body(operation, answer).getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String operation, SoapResponse answer) {
        if (answer instanceof SoapResponse.SoapResult soapResult) {
            return envelope("<" + operation + "Response xmlns=\"http://tempuri.org/\"><" + operation + "Result>"
                    + XmlText.content(soapResult.text()) + "</" + operation + "Result></" + operation + "Response>");
        }
        return answer instanceof SoapResponse.SoapFault soapFault
                ? envelope("<soap:Fault><faultcode>soap:" + soapFault.code() + "</faultcode><faultstring>"
                        + XmlText.content(soapFault.text()) + "</faultstring></soap:Fault>")
                : "<html/>";
    }

    private static String envelope(String body) {
        return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>" + body
                + "</soap:Body></soap:Envelope>";
    }
}
