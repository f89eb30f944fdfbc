using System.Text.RegularExpressions;

namespace IntegrationKit.Observing;

/// <summary>Routes as OpenAPI writes them: <c>/orders/{id}</c> for <c>/orders/{id:int}</c>, <c>{**rest}</c> and <c>{page=1}</c>.</summary>
internal static partial class RouteTemplate
{
    public static string WithoutConstraints(string route) => Parameter().Replace(Routes.Normalize(route), "{$1}");

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")]
    private static partial Regex Parameter();
}
