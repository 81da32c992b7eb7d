package hoopoe.api.credit;

import hoopoe.account.credit.AccountView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

@RegisterForReflection
record AccountsResponse(List<AccountView> accounts) {}
