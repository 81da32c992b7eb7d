/**
 * The Persian "advanced web service", an Iranian panel over PHP SOAP (its document without a version), with the tolerances of
 * providers.md C3. Nobody outside sees more of it than an {@code SmsProvider}.
 */
@NullMarked
package hoopoe.provider.smspanel;

import org.jspecify.annotations.NullMarked;
