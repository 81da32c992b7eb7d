package hoopoe.local.gateway;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests that are no call, such as a path with a NUL or a head that is too long, with API Gateway's kind of answer. */
final class Refusals implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var reply = HttpReply.message(response.getStatus(), HttpStatus.getMessage(response.getStatus()));
        reply.headers().forEach(header -> response.getHeaders().put(header.getKey(), header.getValue()));
        response.getHeaders().put("content-length", reply.body().length);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
        return true;
    }
}
