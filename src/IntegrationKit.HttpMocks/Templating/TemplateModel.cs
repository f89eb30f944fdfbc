using IntegrationKit.Mappings;
using IntegrationKit.Requests;

namespace IntegrationKit.Templating;

/// <summary>What a template can name: <c>request.*</c>, <c>parameters.*</c>, and variables that helpers assign.</summary>
internal static class TemplateModel
{
    public static Dictionary<string, object?> Of(MockRequest request, MappingNode? parameters, Matching.Parts.PathTemplate? template) => new(StringComparer.Ordinal)
    {
        ["request"] = Request(request, template),
        ["parameters"] = parameters is { } node ? JavaValues.Of(node.Element) : null,
    };

    private static Dictionary<string, object?> Request(MockRequest request, Matching.Parts.PathTemplate? template)
    {
        var query = new NamedValues(StringComparer.Ordinal);
        foreach (var name in JavaOrder.Of(request.Query.Names))
        {
            query[name] = new OneOrMany(request.Query[name]);
        }

        return new(StringComparer.Ordinal)
        {
            ["id"] = request.Id.ToString(),
            ["url"] = request.Target,
            ["path"] = Path(request, template),
            ["pathSegments"] = new PathValue(request.Path),
            ["query"] = query,
            ["method"] = new MethodName(request.Method),
            ["scheme"] = request.Scheme,
            ["host"] = request.Host,
            ["port"] = request.Port,
            ["baseUrl"] = request.BaseUrl,
            ["headers"] = Headers(request.Headers),
            ["cookies"] = Cookies(request),
            ["body"] = request.Body.Text,
            ["bodyAsBase64"] = Convert.ToBase64String(request.Body.Bytes),
            ["isBinary"] = request.Body.Bytes.AsSpan().Contains((byte)0),
            ["isMultipart"] = request.Parts.Count > 0,
            ["multipart"] = request.Parts.Count > 0,
            ["parts"] = Parts(request),
            ["clientIp"] = request.ClientIp,
            ["requestLine"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["method"] = new MethodName(request.Method),
                ["path"] = new PathValue(request.Path),
                ["host"] = request.Host,
                ["port"] = request.Port,
                ["query"] = query,
                ["baseUrl"] = request.BaseUrl,
                ["pathSegments"] = new PathValue(request.Path),
            },
        };
    }

    /// <summary>With a path template its variables have names as well.</summary>
    private static object Path(MockRequest request, Matching.Parts.PathTemplate? template)
    {
        if (template is null)
        {
            return new PathValue(request.Path);
        }

        var named = new NamedPath(request.Path);
        var index = 0;
        foreach (var segment in request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            named[index++.ToString(System.Globalization.CultureInfo.InvariantCulture)] = segment;
        }

        foreach (var (name, value) in template.Values(request.Path))
        {
            named[name] = value;
        }

        return named;
    }

    private static NamedValues Headers(MockHeaders headers)
    {
        var values = new NamedValues();
        foreach (var header in headers.All)
        {
            values[header.Key] = new OneOrMany(header.Value);
        }

        return values;
    }

    private static NamedValues Cookies(MockRequest request)
    {
        var values = new NamedValues();
        foreach (var group in request.Cookies.GroupBy(cookie => cookie.Key, StringComparer.Ordinal))
        {
            values[group.Key] = new OneOrMany(group.Select(cookie => cookie.Value));
        }

        return values;
    }

    private static NamedValues Parts(MockRequest request)
    {
        var values = new NamedValues();
        foreach (var part in request.Parts)
        {
            values[part.Name ?? ""] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["name"] = part.Name,
                ["headers"] = Headers(part.Headers),
                ["body"] = part.Body.Text,
                ["bodyAsBase64"] = Convert.ToBase64String(part.Body.Bytes),
                ["binary"] = part.Body.Bytes.AsSpan().Contains((byte)0),
            };
        }

        return values;
    }

    private sealed class NamedPath(string path) : Dictionary<string, object?>(StringComparer.Ordinal)
    {
        public override string ToString() => path;
    }
}
