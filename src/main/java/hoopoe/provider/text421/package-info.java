/**
 * text421 (premium SMS, Slovakia), smsSendBillXML 6.0 of 2014-07-16 with the sibling calls and tolerances of providers.md B3
 * and C2. Other packages use it as an {@code SmsProvider} only.
 */
@NullMarked
package hoopoe.provider.text421;

import org.jspecify.annotations.NullMarked;
