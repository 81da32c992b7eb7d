package hoopoe.local.iam;

/** Decides before something is done. Called by many threads at once. */
@FunctionalInterface
public interface Guard {

    /** Lets everybody do everything. */
    Guard NONE = (principal, action, resource) -> true;

    /**
     * @param principal the access key it was asked with: a function's export, or an operator's
     * @param action {@code dynamodb:GetItem}
     * @param resource the ARN
     */
    boolean allows(String principal, String action, String resource);
}
