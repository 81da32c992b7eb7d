/**
 * text421 (premium SMS, Slovakia), by the provider's help page {@code smsSendBillXML}, version 6.0 of 2014-07-16 ("the document"),
 * and the pages {@code 2wayGet} and {@code deliveryGetPush}, both 6.0 of 2014-07-16, and {@code deliveryJSON}. Where they are, what
 * we tolerate and what is open: {@code src/site/providers.md}. Other packages use it as an {@code SmsProvider} only.
 */
@NullMarked
package hoopoe.provider.text421;

import org.jspecify.annotations.NullMarked;
