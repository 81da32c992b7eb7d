/** What an operator says of a dispatch of which nobody knows whether it was sent. */
@NullMarked
package hoopoe.settle;

import org.jspecify.annotations.NullMarked;
