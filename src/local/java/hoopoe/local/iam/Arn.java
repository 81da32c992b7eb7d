package hoopoe.local.iam;

import hoopoe.local.dynamo.LocalDynamo;
import java.util.Map;

/** AWS resource names, in an account that does not exist. */
public final class Arn {

    public static final String ACCOUNT = "123456789012";

    /** The values of AWS' own references in the template. */
    static final Map<String, String> PARTS =
            Map.of("AWS::Partition", "aws", "AWS::Region", LocalDynamo.REGION, "AWS::AccountId", ACCOUNT);

    private Arn() {}

    public static String table(String name) {
        return of("dynamodb", "table/" + name);
    }

    public static String index(String table, String index) {
        return table(table) + "/index/" + index;
    }

    /** With the six characters that Secrets Manager appends. */
    public static String secret(String name) {
        return of("secretsmanager", "secret:" + name + "-L0caL1");
    }

    /** Of SQS. */
    public static String queue(String name) {
        return of("sqs", name);
    }

    /** Of EventBridge. */
    public static String bus(String name) {
        return of("events", "event-bus/" + name);
    }

    /** How AWS says no. */
    public static String denial(String principal, String action, String resource) {
        return "User: " + role(principal) + " is not authorized to perform: " + action + " on resource: " + resource
                + " because no identity-based policy allows the " + action + " action";
    }

    /** The principal that has this access key. */
    private static String role(String principal) {
        return "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + principal + '/' + principal;
    }

    private static String of(String service, String what) {
        return "arn:aws:" + service + ':' + LocalDynamo.REGION + ':' + ACCOUNT + ':' + what;
    }
}
