package hoopoe.store.table;

import hoopoe.Loggable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Describes a failed call by what AWS' support asks for: DynamoDB's operation, its error code, the HTTP status and the request
 * id. AWS' message is left out because it names roles, tables and the AWS account, or repeats a condition.
 */
final class FailedOperation extends Exception implements Loggable {

    private static final long serialVersionUID = 1;

    /** The form of error codes and request ids. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    private FailedOperation(String message) {
        super(message, null, false, false);
    }

    static FailedOperation of(String operation, Throwable failure) {
        if (failure instanceof AwsServiceException answer) {
            return new FailedOperation(operation + ": " + word(code(answer)) + reasons(answer) + ", status "
                    + answer.statusCode() + ", AWS request id " + word(answer.requestId()));
        }
        return new FailedOperation(operation + ": no answer");
    }

    private static @Nullable String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
    }

    /** Why each write of a transaction was not done. */
    private static String reasons(AwsServiceException answer) {
        return answer instanceof TransactionCanceledException cancelled
                ? cancelled.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .map(FailedOperation::word)
                        .collect(Collectors.joining(" ", " [", "]"))
                : "";
    }

    private static String word(@Nullable String word) {
        return word != null && WORD.matcher(word).matches() ? word : "unknown";
    }

    /** Adds the failed operation, as suppressed, to every exception of the SDK's client. */
    static final class Noted implements ExecutionInterceptor {

        @Override
        public Throwable modifyException(Context.FailedExecution failed, ExecutionAttributes attributes) {
            var failure = failed.exception();
            failure.addSuppressed(of(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), failure));
            return failure;
        }
    }
}
