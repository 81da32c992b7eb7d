/** What Hoopoe costs in AWS: what it does is counted on the local stack, what that costs is looked up. */
@NullMarked
package hoopoe.costs;

import org.jspecify.annotations.NullMarked;
