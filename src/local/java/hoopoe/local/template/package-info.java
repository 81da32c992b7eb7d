/** The parts of {@code template.yaml} and {@code infra/data.yaml} that the local stack uses. */
@NullMarked
package hoopoe.local.template;

import org.jspecify.annotations.NullMarked;
