/** What {@code template.yaml} and {@code infra/data.yaml} say, as far as the local stack can act on it. */
@NullMarked
package hoopoe.local.template;

import org.jspecify.annotations.NullMarked;
