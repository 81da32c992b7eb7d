/** The benchmark, {@code mvn -Pbench}: the executable against no-ops in C, Go and plain native Java, and against its own JVM mode. */
@NullMarked
package hoopoe.bench;

import org.jspecify.annotations.NullMarked;
