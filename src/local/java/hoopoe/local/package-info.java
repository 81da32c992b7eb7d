/** The local stack: the packaged artifact behind the routes of {@code template.yaml}, on the loopback address. Never deployed. */
@NullMarked
package hoopoe.local;

import org.jspecify.annotations.NullMarked;
