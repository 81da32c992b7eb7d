/** What is counted and measured, and how CloudWatch is told: one line of JSON in the log. */
@NullMarked
package hoopoe.metric;

import org.jspecify.annotations.NullMarked;
