/**
 * A small HTTP/1.1 server on 127.0.0.1 with control over every byte: it records what arrived, and answers whole, late, in
 * pieces or not at all. It knows no provider.
 */
@NullMarked
package hoopoe.local.wire;

import org.jspecify.annotations.NullMarked;
