package hoopoe.aws;

import java.net.URI;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** The APIs of AWS that are called by {@link AwsJsonClient}; the words are those of their API references. */
public enum AwsApi {
    SECRETS_MANAGER("secretsmanager", "secretsmanager", "1.1"),
    EVENT_BRIDGE("events", "AWSEvents", "1.1"),
    SQS("sqs", "AmazonSQS", "1.0");

    private final String prefix;
    private final String target;
    private final String version;

    AwsApi(String prefix, String target, String version) {
        this.prefix = prefix;
        this.target = target;
        this.version = version;
    }

    /** The name in a signature, and the first part of the host. */
    String prefix() {
        return prefix;
    }

    String target(String operation) {
        return target + '.' + operation;
    }

    String contentType() {
        return "application/x-amz-json-" + version;
    }

    /** AWS' own; China and the isolated partitions have other domains (AWS General Reference, "Service endpoints and quotas"). */
    URI endpoint(String region) {
        var suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
        return URI.create("https://" + prefix + '.' + region + '.' + suffix);
    }
}
