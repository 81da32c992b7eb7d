package hoopoe.dispatch.send;

import hoopoe.account.Account;
import hoopoe.batch.Batch;
import hoopoe.batch.Recipient;
import hoopoe.dispatch.Lease;
import hoopoe.provider.Readiness;
import java.util.List;

/** All that one send of a claimed dispatch needs. */
record SendAttempt(Batch batch, Lease lease, List<Recipient> recipients, Account account, Readiness.Ready ready) {}
