/** SOAP 1.1 and 1.2, document/literal wrapped, and 1.1 rpc/encoded: envelopes out, envelopes in, DTDs refused. Knows no provider. */
@NullMarked
package hoopoe.provider.soap;

import org.jspecify.annotations.NullMarked;
