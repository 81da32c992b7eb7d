/** Takes a batch back. */
@NullMarked
package hoopoe.batch.erasure;

import org.jspecify.annotations.NullMarked;
