package hoopoe.local.stage;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to deliver a callback.
 *
 * @param number 1 for the first
 * @param answer empty if none came
 * @param taken whether the provider does not repeat it
 * @param ended when the answer was there, or it was clear that none comes, by the machine's clock
 */
public record CallbackAttempt(
        URI url, int number, Optional<CallbackClient.Answer> answer, boolean taken, Instant ended) {}
