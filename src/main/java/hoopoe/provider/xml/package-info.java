/**
 * XML, SOAP 1.1 and 1.2 (document/literal wrapped), and SOAP 1.1 rpc/encoded: envelopes out, envelopes in, DTDs
 * refused. Knows no provider.
 */
@NullMarked
package hoopoe.provider.xml;

import org.jspecify.annotations.NullMarked;
