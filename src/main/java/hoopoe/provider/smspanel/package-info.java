/**
 * An Iranian panel over PHP SOAP, by the document "راهنمای وبسرویس پیشرفته" (guide to the advanced web service), which has no
 * version, date or vendor. What public clients and measurements add, what we tolerate and what is open:
 * {@code src/site/providers.md}. Other packages use it as an {@code SmsProvider} only.
 */
@NullMarked
package hoopoe.provider.smspanel;

import org.jspecify.annotations.NullMarked;
