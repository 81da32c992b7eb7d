/**
 * The Persian "advanced web service", an Iranian panel over PHP SOAP (its document without a version), with the tolerances of
 * providers.md C3. Other packages use it as an {@code SmsProvider} only.
 */
@NullMarked
package hoopoe.provider.smspanel;

import org.jspecify.annotations.NullMarked;
