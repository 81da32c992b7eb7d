/**
 * EVERY8D as its SOAP API 2.1 (documents v2.0.2 and v2.0.3) and its public clients show it: providers.md C1, with a switch
 * for what is uncertain there. It reads and writes the wire with code of its own and shares none with the product, so that
 * one misreading cannot hide in both.
 */
@NullMarked
package hoopoe.local.every8d;

import org.jspecify.annotations.NullMarked;
