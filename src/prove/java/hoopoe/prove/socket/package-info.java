/** Each fault of a socket in each call to a provider, against the packaged artifact. Test scope. */
@NullMarked
package hoopoe.prove.socket;

import org.jspecify.annotations.NullMarked;
