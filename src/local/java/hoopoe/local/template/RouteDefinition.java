package hoopoe.local.template;

/**
 * An {@code HttpApi} event.
 *
 * @param method upper case, or {@code ANY}
 * @param path such as {@code /v1/batches/{id}}, or {@code $default}
 * @param open whether the authorizer is not asked
 */
public record RouteDefinition(String method, String path, boolean open) {

    /** As API Gateway writes it in events: {@code GET /v1/batches/{id}}. */
    public String key() {
        return path.equals("$default") ? path : method + " " + path;
    }
}
