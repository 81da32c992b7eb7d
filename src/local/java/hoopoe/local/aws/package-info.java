/** What the services of AWS that are played on the loopback address have in common: their JSON protocol, signatures and errors, by code of its own. */
@NullMarked
package hoopoe.local.aws;

import org.jspecify.annotations.NullMarked;
