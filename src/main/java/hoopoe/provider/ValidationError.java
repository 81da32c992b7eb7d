package hoopoe.provider;

/**
 * A reason why the provider would refuse an order.
 *
 * @param recipient index in {@link SendOrder#recipients}, or -1 for the whole order
 * @param field the API field concerned: {@code to}, {@code text}, {@code name}, {@code validity_seconds}…
 * @param code of the problem catalogue
 * @param detail for people; never a whole number, never a secret
 */
public record ValidationError(int recipient, String field, String code, String detail) {}
