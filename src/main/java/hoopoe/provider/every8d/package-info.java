/**
 * EVERY8D, SOAP API 2.1 (document 2.0.3 of 2018-11-01) with the tolerances of providers.md C1. Nobody outside sees more
 * of it than an {@code SmsProvider}.
 */
@NullMarked
package hoopoe.provider.every8d;

import org.jspecify.annotations.NullMarked;
