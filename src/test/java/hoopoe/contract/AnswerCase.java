package hoopoe.contract;

import io.restassured.response.Response;

/**
 * A call that must be answered with what the document says of this status.
 *
 * @param route as the template has it
 * @param mediaType of the answer; empty where it has no body
 * @param code of the problem; empty where it is none
 */
record AnswerCase(String route, int status, String mediaType, String code, Attempt attempt) {

    static final String JSON = "application/json";
    static final String CSV = "text/csv";
    static final String PROBLEM = "application/problem+json";
    static final String TEXT = "text/plain";
    static final String NONE = "";

    /** The call itself, and all that has to be before it. */
    interface Attempt {
        Response make(StackFixture stackFixture) throws Exception;
    }

    /** What the document promises and this tries. */
    String promise() {
        return OpenApi.Response.promise(route, status, mediaType, code);
    }

    @Override
    public String toString() {
        return promise();
    }
}
