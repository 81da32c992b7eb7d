package hoopoe.local.iam;

import hoopoe.local.dynamo.LocalDynamo;
import java.util.Map;

/** Names of things as AWS writes them, in an account that nobody has. */
public final class Arn {

    public static final String ACCOUNT = "123456789012";

    /** What the template's references to AWS' own words stand for. */
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

    /** How AWS says no. */
    public static String denial(String principal, String action, String resource) {
        return "User: " + role(principal) + " is not authorized to perform: " + action + " on resource: " + resource
                + " because no identity-based policy allows the " + action + " action";
    }

    /** Of whoever asks with that access key. */
    private static String role(String principal) {
        return "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + principal + '/' + principal;
    }

    private static String of(String service, String what) {
        return "arn:aws:" + service + ':' + LocalDynamo.REGION + ':' + ACCOUNT + ':' + what;
    }
}
