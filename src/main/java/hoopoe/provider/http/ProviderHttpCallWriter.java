package hoopoe.provider.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientMessageBodyWriter;

/**
 * Hands over the body. The REST client calls its writer when the connection, TLS included, is established and directly before
 * it sends; an exception here prevents the send.
 */
@RegisterForReflection // the REST client reads from the class which type it writes
final class ProviderHttpCallWriter implements ClientMessageBodyWriter<ProviderHttpCall> {

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == ProviderHttpCall.class;
    }

    @Override
    public void writeTo(
            ProviderHttpCall call,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out,
            RestClientRequestContext context)
            throws IOException {
        out.write(call.takeBody(context.getHttpClientRequest()));
    }

    @Override
    public void writeTo(
            ProviderHttpCall call,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        throw new IOException("a call needs its connection");
    }
}
