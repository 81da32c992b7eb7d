/** {@code /callbacks/{account}/{token}}: delivery reports and replies, as providers push them. */
@NullMarked
package hoopoe.api.callback;

import org.jspecify.annotations.NullMarked;
