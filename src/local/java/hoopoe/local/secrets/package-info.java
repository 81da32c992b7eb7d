/** AWS Secrets Manager on the loopback address, as far as Hoopoe and its tests need it. */
@NullMarked
package hoopoe.local.secrets;

import org.jspecify.annotations.NullMarked;
