package hoopoe.platform.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.internal.MetadataLoader;
import software.amazon.awssdk.regions.servicemetadata.DynamodbServiceMetadata;

/** Knows the endpoints of the one service that the SDK calls; the SDK knows all three hundred services, each with its tables of regions. */
@TargetClass(MetadataLoader.class)
final class ServiceEndpoints {

    private ServiceEndpoints() {}

    @Substitute
    public static ServiceMetadata serviceMetadata(String service) {
        return switch (service) {
            case "dynamodb" -> new DynamodbServiceMetadata();
            default -> throw new IllegalArgumentException("the executable knows no endpoints of " + service);
        };
    }
}
