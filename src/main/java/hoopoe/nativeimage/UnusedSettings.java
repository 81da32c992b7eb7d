package hoopoe.nativeimage;

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
import java.util.Set;

/**
 * Settings that steps of every start ask for and nothing of ours uses: {@code quarkus.tls.*} (the wire has certificates of its own) and
 * {@code quarkus.dynamodb.*} (the table's client is made in code). They are not read, and the steps do nothing.
 */
final class UnusedSettings {

    private static final Set<Class<?>> MAPPINGS = Set.of(DynamoDbConfig.class, TlsConfig.class);

    private UnusedSettings() {}

    static boolean has(Class<?> mapping) {
        return MAPPINGS.contains(mapping);
    }

    @TargetClass(DynamoDbRecorder.class)
    static final class OfDynamoDb {

        private OfDynamoDb() {}

        @Substitute
        public SyncHttpClientConfig getSyncClientConfig() {
            return null;
        }

        @Substitute
        public AsyncHttpClientConfig getAsyncClientConfig() {
            return null;
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
