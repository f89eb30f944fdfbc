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

    /// <summary>ApiExplorer writes <c>orders/{id}</c> for the route <c>/orders/{id:int}</c>.</summary>
    private static string Key(string route) => RouteTemplate.WithoutConstraints(route).ToLowerInvariant();
}
