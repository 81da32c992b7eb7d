/** The policies of {@code template.yaml}, enforced as IAM does when a function calls DynamoDB or Secrets Manager. */
@NullMarked
package hoopoe.local.iam;

import org.jspecify.annotations.NullMarked;
