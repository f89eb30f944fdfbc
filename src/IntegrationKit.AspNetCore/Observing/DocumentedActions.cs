using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace IntegrationKit.Observing;

/// <summary>What ApiExplorer knows about an operation; controllers carry it nowhere else.</summary>
internal sealed class DocumentedActions
{
    private readonly Dictionary<(string Method, string Route), ApiDescription> actions = [];

    public static DocumentedActions Of(IApiDescriptionGroupCollectionProvider? explorer)
    {
        var documented = new DocumentedActions();
        foreach (var action in explorer?.ApiDescriptionGroups.Items.SelectMany(group => group.Items) ?? [])
        {
            documented.actions.TryAdd((action.HttpMethod?.ToUpperInvariant() ?? "ANY", Key(action.RelativePath ?? "")), action);
        }

        return documented;
    }

    public ApiDescription? Find(string method, string route) => actions.GetValueOrDefault((method.ToUpperInvariant(), Key(route)));

    /// <summary>
    /// The statuses the author wrote down. A lone 200 that ApiExplorer assumes where nothing is said is no promise.
    /// </summary>
    public static List<int> Statuses(Endpoint endpoint, ApiDescription? action)
    {
        var written = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(produced => produced.StatusCode)
            .Concat(endpoint.Metadata.OfType<IApiResponseMetadataProvider>().Where(provider => provider is not ProducesAttribute).Select(provider => provider.StatusCode)).ToList();
        var explored = action?.SupportedResponseTypes.Where(response => !response.IsDefaultResponse).Select(response => response.StatusCode).ToList() ?? [];
        var assumed = written.Count == 0 && explored.Count == 1;
        return [.. (assumed ? [] : written.Concat(explored)).Where(status => status > 0).Distinct().Order()];
    }

    /// <summary>ApiExplorer writes <c>orders/{id}</c> for the route <c>/orders/{id:int}</c>.</summary>
    private static string Key(string route) => RouteTemplate.WithoutConstraints(route).ToLowerInvariant();
}
