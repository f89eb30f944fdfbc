using System.Reflection;
using IntegrationKit.Journal;
using IntegrationKit.Recording;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Observing;

/// <summary>
/// The endpoints of an application, read from the running one: route, methods, authorisation and documented answers. Each
/// is declared once; endpoints that are added at run time are declared when they appear.
/// </summary>
internal sealed class EndpointInventory(string point, QueryParameters queries)
{
    private readonly HashSet<(string Method, string Route)> declared = [];
    private int started;

    public void Declare(IServiceProvider services)
    {
        if (Interlocked.Exchange(ref started, 1) != 0 || services.GetService<EndpointDataSource>() is not { } source)
        {
            return;
        }

        var policies = services.GetService<IAuthorizationPolicyProvider>();
        DeclareAll(source, services, policies);
        ChangeToken.OnChange(source.GetChangeToken, () => DeclareAll(source, services, policies));
    }

    private void DeclareAll(EndpointDataSource source, IServiceProvider services, IAuthorizationPolicyProvider? policies)
    {
        try
        {
            var fallback = policies is null ? null : Policies.Wait(policies.GetFallbackPolicyAsync());
            var documented = DocumentedActions.Of(services.GetService<IApiDescriptionGroupCollectionProvider>());
            foreach (var endpoint in source.Endpoints.OfType<RouteEndpoint>())
            {
                DeclareEndpoint(endpoint, documented, new Policies(policies, fallback));
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Recorder.Observe(new Observations.IssueObserved
            {
                Rule = "IK5011",
                Level = "note",
                Category = "environment",
                Origin = Observations.Origin.Kit,
                Point = point,
                Title = "The endpoints of the application could not be listed",
                Message = exception.Message,
            });
        }
    }

    private void DeclareEndpoint(RouteEndpoint endpoint, DocumentedActions documented, Policies policies)
    {
        if (Routes.Of(endpoint) is not { } route || endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>()?.SuppressMatching == true)
        {
            return;
        }

        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        foreach (var method in methods is { Count: > 0 } ? methods : ["ANY"])
        {
            lock (declared)
            {
                if (!declared.Add((method, route)))
                {
                    continue;
                }
            }

            Recorder.Observe(Describe(endpoint, (method, route), documented.Find(method, route), policies));
        }
    }

    private EndpointDeclared Describe(
        RouteEndpoint endpoint, (string Method, string Route) operation, ApiDescription? action, Policies policies)
    {
        var authorize = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        var requirements = policies.Of(endpoint);
        var anonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var required = !anonymous && requirements is not null;
        return new EndpointDeclared
        {
            Point = point,
            Method = operation.Method,
            Route = operation.Route,
            Name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
            RequiresAuthorization = required,
            AllowsAnonymous = anonymous,
            Roles = required ? Roles(requirements!) : null,
            Policies = NullIfEmpty([.. authorize.Select(data => data.Policy).OfType<string>().Distinct()]),
            AcceptsBody = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null
                || action?.ParameterDescriptions.Any(parameter => parameter.Source.Id is "Body" or "Form" or "FormFile") == true,
            Query = queries.Declare(operation, action),
            Statuses = NullIfEmpty(DocumentedActions.Statuses(endpoint, action)),
            Infrastructure = IsInfrastructure(endpoint),
        };
    }

    private static List<string>? Roles(AuthorizationPolicy policy) => NullIfEmpty(
        [.. policy.Requirements.OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles).Distinct().Order(StringComparer.Ordinal)]);

    /// <summary>Documents and pages that a package adds (OpenAPI, Swagger UI): nobody writes tests for them.</summary>
    private static bool IsInfrastructure(RouteEndpoint endpoint)
    {
        var assembly = endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly.GetName().Name
            ?? endpoint.RequestDelegate?.Method.DeclaringType?.Assembly.GetName().Name ?? "";
        return endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true
            && (assembly.StartsWith("Microsoft.", StringComparison.Ordinal) || assembly.StartsWith("Swashbuckle.", StringComparison.Ordinal)
                || assembly.StartsWith("Scalar.", StringComparison.Ordinal) || assembly.StartsWith("NSwag.", StringComparison.Ordinal));
    }

    private static List<T>? NullIfEmpty<T>(List<T> list) => list.Count == 0 ? null : list;
}
