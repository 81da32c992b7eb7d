package hoopoe.api.http;

/**
 * Ends a call with a problem. The one way out of a function that is not its reply: what the functions build upon answers
 * with values, and its own failures are other exceptions.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.kind().code(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
