/**
 * EVERY8D, SOAP API 2.1 (document 2.0.3 of 2018-11-01) with the tolerances of providers.md C1. Other packages use it as an
 * {@code SmsProvider} only.
 */
@NullMarked
package hoopoe.provider.every8d;

import org.jspecify.annotations.NullMarked;
