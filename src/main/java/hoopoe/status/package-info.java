/** What became of batches and messages, and what people wrote back. Reads, and changes nothing. */
@NullMarked
package hoopoe.status;

import org.jspecify.annotations.NullMarked;
