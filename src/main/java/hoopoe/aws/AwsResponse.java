package hoopoe.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** What a call came to. All but the body of an {@link AwsAnswer} may be logged. */
public sealed interface AwsResponse {

    /** Why there is no answer; empty where there is one. */
    Optional<String> failure();

    /** @param body an object, of which nothing else is known */
    record AwsAnswer(JsonNode body) implements AwsResponse {

        @Override
        public Optional<String> failure() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "AwsAnswer";
        }
    }

    /**
     * AWS says no.
     *
     * @param code AWS' error code; {@code http_<status>} where there is none
     * @param requestId what AWS Support asks for
     */
    record AwsRefusal(String code, int status, String requestId) implements AwsResponse {

        /** The temporary errors among AWS' common ones and those of the services in use. */
        private static final Set<String> PASSING = Set.of(
                "ExpiredTokenException",
                "InternalException",
                "InternalServiceError",
                "KmsThrottled",
                "LimitExceededException",
                "RequestLimitExceeded",
                "RequestThrottled",
                "ServiceUnavailable",
                "Throttling",
                "ThrottlingException",
                "TooManyRequestsException");

        private static final int TOO_MANY = 429;
        private static final int FAILURE = 500;

        /** Whether the same call may be answered later. */
        public boolean isPassing() {
            return status >= FAILURE || status == TOO_MANY || PASSING.contains(code);
        }

        @Override
        public Optional<String> failure() {
            return Optional.of(code);
        }

        @Override
        public String toString() {
            return code + ", status " + status + ", AWS request id " + requestId;
        }
    }

    /**
     * Nobody knows whether the call was carried out.
     *
     * @param code {@code timeout}, {@code malformed}, {@code client}, {@code interrupted}, or the name of the failure of the
     *     connection
     */
    record AwsNoAnswer(String code) implements AwsResponse {

        @Override
        public Optional<String> failure() {
            return Optional.of(code);
        }
    }
}
