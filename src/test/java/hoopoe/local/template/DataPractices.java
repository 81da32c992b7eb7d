package hoopoe.local.template;

import static hoopoe.local.template.Practice.practice;
import static hoopoe.local.template.Practice.ref;
import static hoopoe.local.template.Practice.value;
import static hoopoe.local.template.Practice.with;

import java.util.List;

/** That nothing takes the table away, and that it does not keep what it should not. */
final class DataPractices {

    private static final String STACK = "/template/Resources/Data";
    private static final String TABLE = "/data/Resources/Table";
    private static final String KEYS = "/data/Resources/NumberKeys";
    private static final String PROPERTIES = TABLE + "/Properties";

    private DataPractices() {}

    static List<Practice> all() {
        return List.of(
                value("the table is a stack of its own", STACK + "/Properties/TemplateURL", "infra/data.yaml"),
                value(
                        "the table's stack outlives all but its creation",
                        STACK + "/DeletionPolicy",
                        "RetainExceptOnCreate"),
                value("the table's stack outlives a replacement", STACK + "/UpdateReplacePolicy", "Retain"),
                value("the table outlives all but its creation", TABLE + "/DeletionPolicy", "RetainExceptOnCreate"),
                value("the table outlives a replacement", TABLE + "/UpdateReplacePolicy", "Retain"),
                value("so do the keys of numbers", KEYS + "/DeletionPolicy", "RetainExceptOnCreate"),
                value("the keys of numbers outlive a replacement", KEYS + "/UpdateReplacePolicy", "Retain"),
                practice(
                        "the keys of numbers are made up in AWS",
                        documents -> documents.has(
                                        KEYS + "/Properties/GenerateSecretString/GenerateStringKey", "number_keys")
                                && documents
                                        .at(KEYS + "/Properties/SecretString")
                                        .isMissingNode(),
                        with(KEYS + "/Properties/SecretString", "{}")),
                value("nobody deletes the table by hand", PROPERTIES + "/DeletionProtectionEnabled", ref("Protected")),
                value("the table is protected unless said", "/data/Parameters/Protected/Default", "true"),
                value("nobody has to protect it", "/template/Parameters/TableProtected/Default", "true"),
                value(
                        "a first deployment can leave it unprotected",
                        STACK + "/Properties/Parameters/Protected",
                        ref("TableProtected")),
                practice(
                        "the table's key is DynamoDB's own, which is not charged",
                        documents ->
                                documents.at(PROPERTIES + "/SSESpecification").isMissingNode(),
                        with(PROPERTIES + "/SSESpecification/SSEEnabled", true)),
                value("what is old goes by itself", PROPERTIES + "/TimeToLiveSpecification/Enabled", true),
                value("the stream shows new items", PROPERTIES + "/StreamSpecification/StreamViewType", "NEW_IMAGE"),
                value("nothing is paid for an idle table", PROPERTIES + "/BillingMode", "PAY_PER_REQUEST"),
                practice(
                        "indexes hold keys, no text and no number",
                        documents ->
                                documents
                                        .at(PROPERTIES + "/GlobalSecondaryIndexes")
                                        .findValuesAsText("ProjectionType")
                                        .stream()
                                        .allMatch("KEYS_ONLY"::equals),
                        with(PROPERTIES + "/GlobalSecondaryIndexes/0/Projection/ProjectionType", "ALL")));
    }
}
