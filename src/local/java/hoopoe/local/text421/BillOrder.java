package hoopoe.local.text421;

import java.util.List;

/**
 * A send as it was read; missing parts are empty.
 *
 * @param delivery as written
 */
public record BillOrder(
        String username,
        String password,
        String billkey,
        String from,
        String text,
        String type,
        String dcs,
        String esm,
        String delivery,
        List<Recipient> recipients) {

    public record Recipient(String id, String receivedId, String msisdn) {}
}
