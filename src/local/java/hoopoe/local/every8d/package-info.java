/**
 * EVERY8D as its document (SOAP API 2.1, v2.0.3 of 2018-11-01) and its public clients show it, with a switch for what
 * {@code src/site/providers.md} calls open. "Document §3.2" is its section 3.2. The simulator reads and writes the wire with code
 * of its own and shares none with the product, so that one misreading cannot hide in both.
 */
@NullMarked
package hoopoe.local.every8d;

import org.jspecify.annotations.NullMarked;
