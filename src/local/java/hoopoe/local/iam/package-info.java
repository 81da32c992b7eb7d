/** Who may do what: the policies of {@code template.yaml}, as IAM would enforce them where a function asks DynamoDB or Secrets Manager. */
@NullMarked
package hoopoe.local.iam;

import org.jspecify.annotations.NullMarked;
