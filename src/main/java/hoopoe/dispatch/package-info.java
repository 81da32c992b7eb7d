/** A dispatch: one provider call with its lease, its reference and its result. */
@NullMarked
package hoopoe.dispatch;

import org.jspecify.annotations.NullMarked;
