/** The local stack: the packaged artifact behind what {@code template.yaml} says, on the loopback address. Never deployed. */
@NullMarked
package hoopoe.local;

import org.jspecify.annotations.NullMarked;
