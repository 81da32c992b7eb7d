/**
 * text421 as its help pages of version 6 describe it, with a switch for what {@code src/site/providers.md} calls open. It
 * reads and writes the wire with code of its own and shares none with the product, so that one misreading cannot hide in both.
 */
@NullMarked
package hoopoe.local.text421;

import org.jspecify.annotations.NullMarked;
