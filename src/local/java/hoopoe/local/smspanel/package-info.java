/**
 * A simulated panel ({@code src/site/providers.md}): the five methods over SOAP 1.1, in the shapes of the PHP stacks that such panels run
 * on. Independent of the client: it parses and writes the wire with its own code.
 */
@NullMarked
package hoopoe.local.smspanel;

import org.jspecify.annotations.NullMarked;
