package hoopoe.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import hoopoe.config.Setting;
import hoopoe.observability.SafeStackTrace;
import hoopoe.observability.LogContext;
import hoopoe.observability.Metrics;
import hoopoe.provider.Deadline;
import hoopoe.provider.ProviderException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The one place where an event becomes a call, and where a reply or whatever went wrong becomes an answer. */
@ApplicationScoped
public class Http {

    private static final Logger LOG = Logger.getLogger(Http.class);

    private final Clock clock;
    private final Duration limit;
    private final Metrics metrics;

    @Inject
    Http(Clock clock, Metrics metrics, Config config) {
        this(clock, Setting.FUNCTION.duration(config), metrics);
    }

    public Http(Clock clock, Duration limit, Metrics metrics) {
        this.clock = clock;
        this.limit = limit;
        this.metrics = metrics;
    }

    /** Never throws: no exception leaves a function. */
    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, Function<Call, Reply> work) {
        return LogContext.of(CorrelationId.of(event)).follow(() -> {
            try {
                return answered(event, work);
            } finally {
                metrics.flush();
            }
        });
    }

    private APIGatewayV2HTTPResponse answered(APIGatewayV2HTTPEvent event, Function<Call, Reply> work) {
        var deadline = Deadline.in(limit, clock);
        try {
            return response(event, work.apply(new Call(event, deadline)));
        } catch (ProblemException e) {
            return response(event, refusal(event, e.problem()));
        } catch (ProviderException e) {
            LOG.warnf("request %s: %s", requestId(event), e.getMessage());
            return response(event, refusal(event, problem(e)));
        } catch (RuntimeException | VirtualMachineError e) {
            metrics.internal(1);
            LOG.errorf("request %s failed: %s", requestId(event), SafeStackTrace.of(e));
            return response(event, refusal(event, Problem.of(Problems.INTERNAL, "Our fault.")));
        }
    }

    /** The provider's code is shown; its words may hold anything and are not. */
    private static Problem problem(ProviderException e) {
        var detail = "The provider's code, or ours for what it did: " + e.code() + '.';
        if (e instanceof ProviderException.Unavailable) {
            return Problem.of(Problems.PROVIDER_UNAVAILABLE, detail);
        } else if (e instanceof ProviderException.Busy) {
            return Problem.of(Problems.PROVIDER_BUSY, detail);
        } else if (e instanceof ProviderException.Refused) {
            return Problem.of(Problems.PROVIDER_REFUSED, detail);
        } else if (e instanceof ProviderException.Misconfigured) {
            return Problem.of(Problems.ACCOUNT_MISCONFIGURED, "The settings of the account are wrong.");
        } else if (e instanceof ProviderException.NotSupported) {
            return Problem.of(
                    Problems.NOT_SUPPORTED_BY_PROVIDER, "The account's provider cannot do this: " + e.code() + '.');
        }
        return Problem.of(Problems.PROVIDER_MALFORMED, detail);
    }

    private static Reply refusal(APIGatewayV2HTTPEvent event, Problem problem) {
        return problem.reply(requestId(event), CalledPath.of(event).base());
    }

    private static APIGatewayV2HTTPResponse response(APIGatewayV2HTTPEvent event, Reply reply) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", reply.contentType());
        headers.put("Cache-Control", "no-store");
        if (LogContext.correlation() != null) {
            headers.put(CorrelationId.HEADER, LogContext.correlation());
        }
        headers.putAll(reply.headers());
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(reply.status())
                .withHeaders(headers)
                .withBody(isHead(event) ? "" : written(reply))
                .withIsBase64Encoded(false)
                .build();
    }

    private static String written(Reply reply) {
        if (reply.body() == null) {
            return "";
        }
        return reply.body() instanceof String text ? text : Json.write(reply.body());
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
