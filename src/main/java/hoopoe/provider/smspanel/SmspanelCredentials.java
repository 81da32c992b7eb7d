package hoopoe.provider.smspanel;

import hoopoe.secret.Credentials;

/** The data of every call. There is no session: with it a call is ready. */
record SmspanelCredentials(SmspanelDialect dialect, Credentials credentials) {}
