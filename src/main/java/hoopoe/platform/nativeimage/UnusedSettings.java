package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkiverse.amazon.common.runtime.AsyncHttpClientConfig;
import io.quarkiverse.amazon.common.runtime.SyncHttpClientConfig;
import io.quarkiverse.amazon.dynamodb.runtime.DynamoDbConfig;
import io.quarkiverse.amazon.dynamodb.runtime.DynamoDbRecorder;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.tls.runtime.CertificateRecorder;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;

/**
 * Settings that steps of every start request and none of our code uses: {@code quarkus.tls.*} (the HTTP client has its own
 * certificates) and {@code quarkus.dynamodb.*} (our code creates the table's client). Objects made when the executable is built
 * replace them, and fail if they are read.
 */
final class UnusedSettings {

    private static final Map<Class<?>, Object> MAPPINGS = Map.of(
            DynamoDbConfig.class, unread(DynamoDbConfig.class),
            TlsConfig.class, unread(TlsConfig.class));

    private static final SyncHttpClientConfig SYNC = unread(SyncHttpClientConfig.class);
    private static final AsyncHttpClientConfig ASYNC = unread(AsyncHttpClientConfig.class);

    private UnusedSettings() {}

    /** Null for a mapping that is used. */
    static Object of(Class<?> mapping) {
        return MAPPINGS.get(mapping);
    }

    static <T> T unread(Class<T> settings) {
        return settings.cast(Proxy.newProxyInstance(
                settings.getClassLoader(), new Class<?>[] {settings}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(
                            "the executable does not read " + settings.getSimpleName() + '.' + method.getName());
                }));
    }

    @TargetClass(DynamoDbRecorder.class)
    static final class OfDynamoDb {

        private OfDynamoDb() {}

        @Substitute
        public SyncHttpClientConfig getSyncClientConfig() {
            return SYNC;
        }

        @Substitute
        public AsyncHttpClientConfig getAsyncClientConfig() {
            return ASYNC;
        }
    }

    @TargetClass(CertificateRecorder.class)
    static final class OfTls {

        private OfTls() {}

        @Substitute
        public void validateCertificates(
                Set<String> buckets, RuntimeValue<Vertx> vertx, ShutdownContext shutdownContext) {}
    }
}
