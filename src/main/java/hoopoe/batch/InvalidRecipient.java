package hoopoe.batch;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A recipient that was refused when its batch was created.
 *
 * @param pointer JSON pointer into the request, {@code /recipients/2/to}
 * @param code of the problem catalogue
 */
@RegisterForReflection
public record InvalidRecipient(String pointer, String code, String detail) {}
