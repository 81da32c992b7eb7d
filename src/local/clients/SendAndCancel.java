import hoopoe.client.ApiClient;
import hoopoe.client.ApiException;
import hoopoe.client.api.AccountsApi;
import hoopoe.client.api.BatchesApi;
import hoopoe.client.model.BatchRequest;
import hoopoe.client.model.BatchState;
import hoopoe.client.model.Code;
import hoopoe.client.model.MessageState;
import hoopoe.client.model.Recipient;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Sends, reads and cancels a batch by the client that OpenAPI Generator makes of openapi.json. Arguments: the API's address, a key. */
public final class SendAndCancel {

    private SendAndCancel() {}

    public static void main(String[] arguments) throws ApiException {
        var client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + arguments[1]));
        var batches = new BatchesApi(client);
        var request = new BatchRequest()
                .text("Good morning")
                .reference("java")
                .sendAt(OffsetDateTime.now().plusDays(1))
                .recipients(List.of(new Recipient().to("0912345678"), new Recipient().to("09")));

        var preview = batches.sendBatch(request.dryRun(true), null, null);
        check(preview.getDryRun() && preview.getId() == null, "nothing is stored: " + preview);

        var sent = batches.sendBatch(request.dryRun(null), "java-" + UUID.randomUUID(), null);
        check(sent.getRecipients() == 1 && sent.getInvalidTotal() == 1, "one of two is sent: " + sent);
        check(sent.getInvalid().get(0).getCode() == Code.INVALID_NUMBER, "the other is none: " + sent);
        check(sent.getEstimate().getHigh().getAmount().equals("1.0"), "it costs a point: " + sent);

        var read = batches.getBatch(sent.getId(), "dispatches");
        check(read.getState() == BatchState.SCHEDULED, "the provider holds it: " + read);
        check(read.getDispatches().size() == 1, "by one call: " + read);
        var message = batches.listMessages(sent.getId(), null, null, 10, null).getMessages().get(0);
        check(message.getState() == MessageState.SCHEDULED, "with its message: " + message);

        var cancelled = batches.cancelBatch(sent.getId(), "java-" + UUID.randomUUID());
        check(cancelled.getCancelled() == 1 && cancelled.getPending() == 0, "it is cancelled: " + cancelled);
        check(cancelled.getRefunded() != null, "and paid back: " + cancelled);
        check(batches.getBatch(sent.getId(), null).getState() == BatchState.CANCELLED, "and stays so");
        check(!new AccountsApi(client).listAccounts().getAccounts().isEmpty(), "there are accounts");
        try {
            batches.getBatch("bat_01JPZZZZZZZZZZZZZZZZZZZZZZ", null);
            throw new AssertionError("there is no such batch");
        } catch (ApiException e) {
            check(e.getCode() == 404 && e.getResponseBody().contains("batch_not_found"), e.toString());
        }
        System.out.println("sent, read and cancelled in Java: " + sent.getId());
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
