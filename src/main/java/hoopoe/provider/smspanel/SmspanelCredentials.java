package hoopoe.provider.smspanel;

import hoopoe.secret.Credentials;

/** What every call carries. There is no session: a call is ready as soon as this is there. */
record SmspanelCredentials(SmspanelDialect dialect, Credentials credentials) {}
