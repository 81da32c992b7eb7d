/** {@code /callbacks/{account}/{token}}: delivery reports, replies and received SMS, as providers push them. */
@NullMarked
package hoopoe.api.callback;

import org.jspecify.annotations.NullMarked;
