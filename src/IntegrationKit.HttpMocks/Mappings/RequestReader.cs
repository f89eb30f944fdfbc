using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using IntegrationKit.Matching;
using IntegrationKit.Matching.Parts;

namespace IntegrationKit.Mappings;

/// <summary>Reads the <c>request</c> of a stub, and request patterns of the admin API.</summary>
internal static class RequestReader
{
    private static readonly FrozenSet<string> Fields = new[]
    {
        "scheme", "host", "port", "clientIp", "method", "url", "urlPattern", "urlPath", "urlPathPattern", "urlPathTemplate",
        "pathParameters", "queryParameters", "formParameters", "headers", "cookies", "basicAuth", "basicAuthCredentials",
        "bodyPatterns", "multipartPatterns",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> MultipartFields =
        new[] { "name", "fileName", "matchingType", "headers", "bodyPatterns" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>In the order in which WireMock prefers them when a stub has several.</summary>
    private static readonly (string Name, UrlKind Kind)[] Urls =
    [
        ("url", UrlKind.Url),
        ("urlPattern", UrlKind.UrlPattern),
        ("urlPath", UrlKind.UrlPath),
        ("urlPathPattern", UrlKind.UrlPathPattern),
        ("urlPathTemplate", UrlKind.UrlPathTemplate),
    ];

    public static RequestPattern Read(MappingNode node)
    {
        node.RefuseOthers(Fields);
        List<RequestPart> parts = [];
        AddMethod(node, parts);
        AddUrl(node, parts);
        AddAddress(node, parts);
        AddNamed(node, "queryParameters", NamedSource.Query, parts);
        AddNamed(node, "headers", NamedSource.Header, parts);
        AddBasicAuth(node, parts);
        AddNamed(node, "cookies", NamedSource.Cookie, parts);
        AddNamed(node, "formParameters", NamedSource.Form, parts);
        parts.AddRange(node.Find("bodyPatterns")?.Items().Select(item => new BodyPart(MatcherReader.Read(item))) ?? []);
        parts.AddRange(node.Find("multipartPatterns")?.Items().Select(item => new MultipartPart(Multipart(item))) ?? []);
        return new(parts);
    }

    private static MultipartPattern Multipart(MappingNode node)
    {
        node.RefuseOthers(MultipartFields);
        var type = node.Find("matchingType")?.Text() ?? "ANY";
        return new(
            node.Find("name")?.Text(),
            node.Find("fileName")?.Text(),
            type == "ALL" || (type == "ANY" ? false : throw node.Refuse($"unknown matchingType '{type}'")),
            [.. (node.Find("headers")?.Members() ?? []).Select(m => KeyValuePair.Create(m.Name, MatcherReader.ReadMulti(m.Value)))],
            [.. (node.Find("bodyPatterns")?.Items() ?? []).Select(MatcherReader.Read)]);
    }

    private static void AddMethod(MappingNode node, List<RequestPart> parts)
    {
        if (node.Find("method") is not { } method)
        {
            return;
        }

        if (method.IsObject)
        {
            var negated = method.Find("noneOf") is not null;
            var list = method.Find("noneOf") ?? method.Find("oneOf") ?? throw method.Refuse("oneOf or noneOf is expected here");
            parts.Add(new MethodPart([.. list.Items().Select(item => item.Text())], negated));
        }
        else if (method.Text() is var name && !string.Equals(name, "ANY", StringComparison.Ordinal))
        {
            parts.Add(new MethodPart(name == "GET_OR_HEAD" ? ["GET", "HEAD"] : [name], negated: false));
        }
    }

    private static void AddUrl(MappingNode node, List<RequestPart> parts)
    {
        foreach (var (name, kind) in Urls)
        {
            if (node.Find(name) is not { } value)
            {
                continue;
            }

            try
            {
                var url = new UrlPart(kind, value.Text());
                parts.Add(url);
                AddPathParameters(node, url, parts);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException)
            {
                throw value.Refuse($"invalid regex: {exception.Message}", exception);
            }

            return;
        }
    }

    private static void AddPathParameters(MappingNode node, UrlPart url, List<RequestPart> parts)
    {
        if (node.Find("pathParameters") is not { } parameters)
        {
            return;
        }

        var template = url.Template ?? throw parameters.Refuse("path parameters need urlPathTemplate");
        foreach (var (name, value) in parameters.Members())
        {
            parts.Add(new NamedPart(NamedSource.PathVariable(template), name, MatcherReader.ReadMulti(value)));
        }
    }

    private static void AddAddress(MappingNode node, List<RequestPart> parts)
    {
        if (node.Find("scheme") is { } scheme)
        {
            parts.Add(new AddressPart("scheme", new EqualToMatcher(scheme.Text(), caseInsensitive: false), request => request.Scheme));
        }

        if (node.Find("host") is { } host)
        {
            parts.Add(new AddressPart("host", MatcherReader.Read(host), request => request.Host.ToLowerInvariant()));
        }

        if (node.Find("port") is { } port)
        {
            var expected = port.Integer().ToString(CultureInfo.InvariantCulture);
            parts.Add(new AddressPart(
                "port", new EqualToMatcher(expected, false), request => request.Port.ToString(CultureInfo.InvariantCulture)));
        }

        if (node.Find("clientIp") is { } client)
        {
            parts.Add(new AddressPart("client address", MatcherReader.Read(client), request => request.ClientIp));
        }
    }

    private static void AddNamed(MappingNode node, string field, NamedSource source, List<RequestPart> parts)
    {
        foreach (var (name, value) in node.Find(field)?.Members() ?? [])
        {
            parts.Add(new NamedPart(source, name, source == NamedSource.Cookie ? MatcherReader.ReadSingle(value) : MatcherReader.ReadMulti(value)));
        }
    }

    private static void AddBasicAuth(MappingNode node, List<RequestPart> parts)
    {
        if ((node.Find("basicAuthCredentials") ?? node.Find("basicAuth")) is not { } credentials)
        {
            return;
        }

        credentials.RefuseOthers(new HashSet<string>(StringComparer.Ordinal) { "username", "password" });
        var user = credentials.Find("username")?.Text() ?? throw credentials.Refuse("username is missing");
        var password = credentials.Find("password")?.Text() ?? throw credentials.Refuse("password is missing");
        var header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        parts.Add(new NamedPart(NamedSource.Header, "Authorization", new AnyValueMatcher(new EqualToMatcher(header, caseInsensitive: true))));
    }
}
