/**
 * AWS Secrets Manager on the loopback address, as far as Hoopoe and its tests need it: its wire, signatures and errors by code of its
 * own.
 */
@NullMarked
package hoopoe.local.secrets;

import org.jspecify.annotations.NullMarked;
