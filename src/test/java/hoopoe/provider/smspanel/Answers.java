package hoopoe.provider.smspanel;

import hoopoe.provider.http.ProviderHttpResponse;
import hoopoe.provider.xml.RpcResponse;
import hoopoe.provider.xml.RpcValue;
import java.nio.charset.StandardCharsets;

/** Answers of a panel, put together by hand. */
final class Answers {

    private static final String TYPE = "text/xml; charset=UTF-8";

    private Answers() {}

    static ProviderHttpResponse.CompleteResponse of(String body) {
        return of(200, body);
    }

    static ProviderHttpResponse.CompleteResponse of(int status, String body) {
        return new ProviderHttpResponse.CompleteResponse(status, TYPE, body.getBytes(StandardCharsets.UTF_8));
    }

    /** @param part the {@code return} element */
    static String envelope(String part) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body><r>" + part
                + "</r></e:Body></e:Envelope>";
    }

    /** @param json of the whole value */
    static String json(String json) {
        return envelope("<return>" + json.replace("&", "&amp;").replace("<", "&lt;") + "</return>");
    }

    static String fault(String code) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault><faultcode>" + code
                + "</faultcode><faultstring>no +989121234567</faultstring></e:Fault></e:Body></e:Envelope>";
    }

    static RpcValue value(String json) {
        var answer = RpcResponse.read(json(json).getBytes(StandardCharsets.UTF_8), TYPE);
        return ((RpcResponse.RpcResult) answer).value();
    }
}
