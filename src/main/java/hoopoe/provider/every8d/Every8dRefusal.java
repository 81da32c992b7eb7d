package hoopoe.provider.every8d;

import hoopoe.provider.ProviderException;

/** A query was answered with an error. Stays in this package: ends as a {@link ProviderException} or in a new login. */
final class Every8dRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Every8dError error;

    Every8dRefusal(Every8dError error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    Every8dError error() {
        return error;
    }

    ProviderException toException(String operation) {
        if (error.isBusy()) {
            return new ProviderException.ProviderBusy(operation, error.code());
        }
        return error.isUnknown()
                ? new ProviderException.ProviderUnavailable(operation, error.code())
                : new ProviderException.ProviderRefused(operation, error.code());
    }
}
