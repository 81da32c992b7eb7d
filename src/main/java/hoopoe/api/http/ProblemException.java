package hoopoe.api.http;

/**
 * Ends a request with a problem: the only way out of a function besides its response. The services that a function uses return
 * values, and their own failures are other exceptions.
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
