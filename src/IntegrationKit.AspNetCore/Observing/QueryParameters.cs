using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace IntegrationKit.Observing;

/// <summary>
/// The query parameters endpoints take, and which of them a request carried. Of values only those of enumerations are
/// looked at, because any other may be a secret. Thread-safe.
/// </summary>
internal sealed class QueryParameters
{
    private readonly ConcurrentDictionary<(string Method, string Route), HashSet<string>> declared = new();

    public IReadOnlyList<string>? Declare((string Method, string Route) operation, ApiDescription? action)
    {
        var parameters = action?.ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Query)
            .SelectMany(parameter => Values(parameter).Prepend(parameter.Name)).Distinct(StringComparer.Ordinal).ToList() ?? [];
        if (parameters.Count == 0)
        {
            return null;
        }

        declared[operation] = new HashSet<string>(parameters, StringComparer.OrdinalIgnoreCase);
        return parameters;
    }

    /// <summary>In the spelling of the declaration; null when the request carried none of them.</summary>
    public IReadOnlyList<string>? Sent((string Method, string Route) operation, HttpRequest request)
    {
        if (!request.QueryString.HasValue || !declared.TryGetValue(operation, out var known))
        {
            return null;
        }

        List<string> sent = [];
        foreach (var (name, values) in request.Query)
        {
            Add(name);
            foreach (var value in values)
            {
                Add($"{name}={value}");
            }
        }

        return sent.Count == 0 ? null : sent;

        void Add(string parameter)
        {
            if (known.TryGetValue(parameter, out var spelled))
            {
                sent.Add(spelled);
            }
        }
    }

    private static IEnumerable<string> Values(ApiParameterDescription parameter)
    {
        var type = parameter.ParameterDescriptor?.ParameterType ?? parameter.Type;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type is { IsEnum: true } ? Enum.GetNames(type).Select(value => $"{parameter.Name}={value}") : [];
    }
}
