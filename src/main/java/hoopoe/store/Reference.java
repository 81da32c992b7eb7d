package hoopoe.store;

import org.jspecify.annotations.Nullable;

/**
 * A provider's reference: where the events that name it are kept, whether or not it is known whose it is.
 *
 * @param provider the provider's type
 * @param written as the provider wrote it; compared trimmed and without case
 */
public record Reference(String provider, String account, String written) {

    Key key() {
        return Keys.ref(provider, account, written);
    }

    Key event(String identity) {
        return Keys.event(provider, account, written, identity);
    }

    String partition() {
        return Keys.reference(provider, account, written);
    }

    // By hand: a record's generated equals is slow in a native image.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reference reference && reference.partition().equals(partition());
    }

    @Override
    public int hashCode() {
        return partition().hashCode();
    }
}
