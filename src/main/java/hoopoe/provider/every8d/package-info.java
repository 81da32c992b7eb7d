/**
 * EVERY8D (Taiwan), by its document "EVERY8D 企業簡訊服務平台, Web Services API Specifications-2.1", version 2.0.3 of 2018-11-01:
 * "document §3.2" is its section 3.2. Its WSDL, public clients, what we tolerate and what is open: {@code src/site/providers.md}.
 * Other packages use it as an {@code SmsProvider} only.
 */
@NullMarked
package hoopoe.provider.every8d;

import org.jspecify.annotations.NullMarked;
