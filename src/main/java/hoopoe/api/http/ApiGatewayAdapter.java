package hoopoe.api.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.config.Setting;
import hoopoe.observability.LogContext;
import hoopoe.observability.Metrics;
import hoopoe.observability.SafeStackTrace;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The one place that turns an API Gateway event into a request, and a response or an exception into API Gateway's response. */
@ApplicationScoped
public class ApiGatewayAdapter {

    private static final Logger LOG = Logger.getLogger(ApiGatewayAdapter.class);

    private final Clock clock;
    private final Duration limit;
    private final Metrics metrics;

    @Inject
    ApiGatewayAdapter(Clock clock, Metrics metrics, Config config) {
        this(clock, Setting.FUNCTION.duration(config), metrics);
    }

    public ApiGatewayAdapter(Clock clock, Duration limit, Metrics metrics) {
        this.clock = clock;
        this.limit = limit;
        this.metrics = metrics;
    }

    /** Never throws: no exception leaves a function. */
    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, Function<ApiRequest, ApiResponse> work) {
        return LogContext.of(CorrelationId.of(event)).follow(() -> {
            try {
                return answered(event, work);
            } finally {
                metrics.flush();
            }
        });
    }

    private APIGatewayV2HTTPResponse answered(APIGatewayV2HTTPEvent event, Function<ApiRequest, ApiResponse> work) {
        var deadline = Deadline.in(limit, clock);
        try {
            return response(event, work.apply(new ApiRequest(event, deadline)));
        } catch (ProblemException e) {
            return response(event, refusal(event, e.problem()));
        } catch (ProviderException e) {
            LOG.warnf("request %s: %s", requestId(event), e.getMessage());
            return response(event, refusal(event, problem(e)));
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("request %s failed: %s", requestId(event), SafeStackTrace.of(e));
            return response(event, refusal(event, Problem.of(ProblemCatalogue.INTERNAL, "A fault of Hoopoe.")));
        }
    }

    /** Shows the provider's code, but not its words, which may hold anything. */
    private static Problem problem(ProviderException e) {
        var detail = "The provider's code, or Hoopoe's for what it did: " + e.code() + '.';
        if (e instanceof ProviderException.ProviderUnavailable) {
            return Problem.of(ProblemCatalogue.PROVIDER_UNAVAILABLE, detail);
        } else if (e instanceof ProviderException.ProviderBusy) {
            return Problem.of(ProblemCatalogue.PROVIDER_BUSY, detail);
        } else if (e instanceof ProviderException.ProviderRefused) {
            return Problem.of(ProblemCatalogue.PROVIDER_REFUSED, detail);
        } else if (e instanceof ProviderException.AccountMisconfigured) {
            return Problem.of(ProblemCatalogue.ACCOUNT_MISCONFIGURED, "The settings of the account are wrong.");
        } else if (e instanceof ProviderException.NotSupported) {
            return Problem.of(
                    ProblemCatalogue.NOT_SUPPORTED_BY_PROVIDER,
                    "The account's provider cannot do this: " + e.code() + '.');
        }
        return Problem.of(ProblemCatalogue.PROVIDER_MALFORMED, detail);
    }

    private static ApiResponse refusal(APIGatewayV2HTTPEvent event, Problem problem) {
        return problem.reply(requestId(event), RequestPath.of(event).base());
    }

    private static APIGatewayV2HTTPResponse response(APIGatewayV2HTTPEvent event, ApiResponse apiResponse) {
        var headers = new LinkedHashMap<String, String>();
        if (!apiResponse.contentType().isEmpty()) {
            headers.put("Content-Type", apiResponse.contentType());
        }
        headers.put("Cache-Control", "no-store");
        if (LogContext.correlation() != null) {
            headers.put(CorrelationId.HEADER, LogContext.correlation());
        }
        headers.putAll(apiResponse.headers());
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(apiResponse.status())
                .withHeaders(headers)
                .withBody(isHead(event) ? "" : written(apiResponse))
                .withIsBase64Encoded(apiResponse.body() instanceof byte[])
                .build();
    }

    private static String written(ApiResponse apiResponse) {
        if (apiResponse.body() == null) {
            return "";
        }
        if (apiResponse.body() instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return apiResponse.body() instanceof String text ? text : ApiJson.write(apiResponse.body());
    }

    private static boolean isHead(APIGatewayV2HTTPEvent event) {
        return event.getRequestContext() != null
                && event.getRequestContext().getHttp() != null
                && "HEAD".equals(event.getRequestContext().getHttp().getMethod());
    }

    private static String requestId(APIGatewayV2HTTPEvent event) {
        var context = event.getRequestContext();
        return context == null || context.getRequestId() == null ? "-" : context.getRequestId();
    }
}
