/**
 * XML, SOAP 1.1 and 1.2 (document/literal wrapped), and SOAP 1.1 rpc/encoded: writes and reads envelopes, binds
 * documents that have a schema, and refuses DTDs.
 * Knows no provider.
 */
@NullMarked
package hoopoe.provider.xml;

import org.jspecify.annotations.NullMarked;
