package hoopoe.batch;

import java.time.Instant;

/**
 * How long a batch, or a dispatch of it, is stored.
 *
 * @param created when its batch was created
 * @param expires when TTL may delete it
 */
public record Lifetime(Instant created, Instant expires) {}
