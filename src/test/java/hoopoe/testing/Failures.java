package hoopoe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hoopoe.local.Stack;

/** Function errors that a stack has logged since a moment: exceptions that left a function, timeouts, deaths; and what IAM denied. */
public final class Failures {

    private final Stack stack;
    private final int logged;
    private final int givenUp;

    private Failures(Stack stack) {
        this.stack = stack;
        this.logged = stack.log().size();
        this.givenUp = stack.givenUp().size();
    }

    public static Failures from(Stack stack) {
        return new Failures(stack);
    }

    public void assertNone() {
        assertThat(stack.log().stream().skip(logged)).noneMatch(Failures::isFailure);
        assertThat(stack.givenUp()).hasSize(givenUp);
        assertThat(stack.policies().denied()).isEmpty();
    }

    public void assertSome() {
        assertThat(stack.log().stream().skip(logged)).anyMatch(Failures::isFailure);
    }

    /** {@code tick of poll: Failed[type=…, message=…]} */
    private static boolean isFailure(String line) {
        return line.contains(": Failed[");
    }
}
