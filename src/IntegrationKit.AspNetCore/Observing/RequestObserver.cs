using System.Diagnostics;
using System.Security.Claims;
using IntegrationKit.Contracts;
using IntegrationKit.Hosting;
using IntegrationKit.Observations;
using IntegrationKit.Recording;
using IntegrationKit.Scoping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IntegrationKit.Observing;

/// <summary>Puts the observer around the whole pipeline of the application, its exception handlers included.</summary>
internal sealed class RequestObserverFilter(HostPlan plan) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => builder =>
    {
        builder.Use(following => new RequestObserver(plan, following).InvokeAsync);
        next(builder);
    };
}

/// <summary>
/// Outermost middleware: route, method, status, user and exception of every request. The server's own activity knows none
/// of these.
/// </summary>
internal sealed class RequestObserver(HostPlan plan, RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var whose = Whose(context);
        whose.Test?.RequestBegan();
        try
        {
            await ObserveAsync(context, whose).ConfigureAwait(false);
        }
        finally
        {
            whose.Test?.RequestEnded();
        }
    }

    private async Task ObserveAsync(HttpContext context, (TestScope? Test, string? Via) whose)
    {
        var begun = Stopwatch.GetTimestamp();
        var method = context.Request.Method; // re-execution by an error handler changes both
        var path = context.Request.Path.Value ?? "/";
        var body = plan.Contract is null ? null : CapturingBody.Install(context);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Publish(context, whose, (method, path), begun, exception);
            if (plan.Options.OnKestrel || context.Response.HasStarted || exception is OperationCanceledException)
            {
                throw;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError; // what Kestrel answers; the test server would throw in the client
            return;
        }
        finally
        {
            body?.Remove();
        }

        var route = Publish(context, whose, (method, path), begun, null);
        if (body?.Captured is { } captured && route is not null)
        {
            plan.Contract!.Submit(new SeenAnswer(
                method, route, context.Response.StatusCode, context.Response.ContentType, captured, whose.Test, Activity.Current?.TraceId.ToHexString()));
        }
    }

    private string? Publish(HttpContext context, (TestScope? Test, string? Via) whose, (string Method, string Path) request, long begun, Exception? unhandled)
    {
        var handled = context.Features.Get<IExceptionHandlerFeature>();
        var endpoint = handled?.Endpoint ?? context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? context.GetEndpoint();
        var exception = unhandled ?? handled?.Error;
        var user = context.User.Identity;
        var roles = context.User.FindAll(claim => claim.Type is ClaimTypes.Role or "role" or "roles").Select(claim => claim.Value).Distinct().ToList();
        var route = Routes.Of(endpoint);
        Recorder.Observe(new RequestHandled
        {
            Point = plan.Point,
            Method = request.Method,
            Path = request.Path,
            Query = route is null ? null : plan.Queries.Sent((request.Method, route), context.Request),
            Route = route,
            Status = unhandled is not null && !context.Response.HasStarted ? StatusCodes.Status500InternalServerError : context.Response.StatusCode,
            Authenticated = user?.IsAuthenticated == true,
            User = user?.IsAuthenticated == true ? user.Name ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.User.FindFirstValue("sub") : null,
            Roles = roles.Count == 0 ? null : roles,
            DurationUs = (long)Stopwatch.GetElapsedTime(begun).TotalMicroseconds,
            Exception = exception is null ? null : $"{exception.GetType().FullName}: {exception.Message}",
            Test = whose.Test?.Execution,
            Via = whose.Via,
            Trace = Activity.Current?.TraceId.ToHexString(),
            Lane = plan.Lane,
        });
        return route;
    }

    private static (TestScope? Test, string? Via) Whose(HttpContext context)
    {
        if (Activity.Current is { } activity && TestScopes.Find(activity.TraceId) is { } byTrace)
        {
            return (byTrace, Via.Trace);
        }

        var baggage = Activity.Current?.GetBaggageItem(TestScopes.BaggageKey);
        return TestScopes.FindByBaggage(baggage) is { } byBaggage ? (byBaggage, Via.Baggage) : (null, null);
    }
}
