package hoopoe.provider.text421;

import hoopoe.account.Account;
import hoopoe.message.PhoneNumber;
import hoopoe.provider.DeadlineContract;
import hoopoe.provider.SmsProvider;

class Text421DeadlineTest extends DeadlineContract {

    private final Adapter adapter = new Adapter(new Adapter.Setup("http://127.0.0.1:1").over(wire));

    @Override
    protected SmsProvider provider() {
        return adapter.provider;
    }

    @Override
    protected Account account() {
        return adapter.account;
    }

    @Override
    protected PhoneNumber number() {
        return new PhoneNumber("+421901727051");
    }
}
