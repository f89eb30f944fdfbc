using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Mappings;

/// <summary>Reads the <c>response</c> of a stub.</summary>
internal static class ResponseReader
{
    private static readonly FrozenSet<string> Fields = new[]
    {
        "status", "statusMessage", "headers", "body", "jsonBody", "base64Body", "bodyFileName", "transformers",
        "transformerParameters", "fixedDelayMilliseconds", "delayDistribution", "chunkedDribbleDelay", "fault", "proxyBaseUrl",
        "proxyUrlPrefixToRemove", "additionalProxyRequestHeaders", "removeProxyRequestHeaders", "fromConfiguredStub",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static ResponseDefinition Read(MappingNode node)
    {
        node.RefuseOthers(Fields);
        return new ResponseDefinition
        {
            Status = node.Find("status")?.Integer() ?? 200,
            StatusMessage = node.Find("statusMessage")?.Text(),
            Headers = [.. (node.Find("headers")?.Members() ?? []).Select(Header)],
            Body = Body(node),
            IsBinary = node.Find("base64Body") is not null && node.Find("body") is null && node.Find("jsonBody") is null,
            BodyFile = node.Find("body") is null && node.Find("jsonBody") is null && node.Find("base64Body") is null ? node.Find("bodyFileName")?.Text() : null,
            IsTemplate = IsTemplate(node),
            TransformerParameters = node.Find("transformerParameters"),
            Delay = Delay(node),
            Dribble = node.Find("chunkedDribbleDelay") is { } dribble ? Dribble(dribble) : null,
            Fault = node.Find("fault") is { } fault ? ReadFault(fault) : null,
            Proxy = node.Find("proxyBaseUrl") is { } target ? Proxy(node, target) : null,
        };
    }

    private static KeyValuePair<string, StringValues> Header((string Name, MappingNode Value) member) => new(
        member.Name,
        member.Value.Kind == JsonValueKind.Array
            ? new StringValues([.. member.Value.Items().Select(MatcherReader.Text)])
            : new StringValues(MatcherReader.Text(member.Value)));

    private static byte[]? Body(MappingNode node)
    {
        if (node.Find("body") is { } text)
        {
            return Encoding.UTF8.GetBytes(text.Text());
        }

        if (node.Find("jsonBody") is { } json)
        {
            return Encoding.UTF8.GetBytes(CompactJson.Of(json.Element));
        }

        if (node.Find("base64Body") is { } binary)
        {
            try
            {
                return Convert.FromBase64String(binary.Text());
            }
            catch (FormatException exception)
            {
                throw binary.Refuse("the text is not Base64", exception);
            }
        }

        return null;
    }

    private static bool IsTemplate(MappingNode node)
    {
        foreach (var transformer in node.Find("transformers")?.Items() ?? [])
        {
            if (transformer.Text() != "response-template")
            {
                throw transformer.Refuse($"unknown transformer '{transformer.Text()}'; only response-template exists here");
            }

            return true;
        }

        return false;
    }

    private static DelayDistribution? Delay(MappingNode node)
    {
        var fixedDelay = node.Find("fixedDelayMilliseconds") is { } milliseconds ? new FixedDelay(milliseconds.Integer()) : null;
        var random = node.Find("delayDistribution") is { } distribution ? Distribution(distribution) : null;
        return fixedDelay is not null && random is not null ? new SumOfDelays(fixedDelay, random) : fixedDelay ?? random;
    }

    public static DelayDistribution Distribution(MappingNode node)
    {
        var type = Required(node, "type");
        return type.Text() switch
        {
            "fixed" => new FixedDelay(Required(node, "milliseconds").Integer()),
            "uniform" => new UniformDelay(Required(node, "lower").Integer(), Required(node, "upper").Integer()),
            "lognormal" => new LognormalDelay(
                Required(node, "median").Number(), Required(node, "sigma").Number(), node.Find("maxValue")?.Number()),
            _ => throw type.Refuse($"unknown distribution '{type.Text()}'; known are fixed, uniform and lognormal"),
        };
    }

    private static ChunkedDribble Dribble(MappingNode node) => new(
        Math.Max(1, Required(node, "numberOfChunks").Integer()),
        TimeSpan.FromMilliseconds(Required(node, "totalDuration").Integer()));

    private static Fault ReadFault(MappingNode node) => node.Text() switch
    {
        "EMPTY_RESPONSE" => Fault.EmptyResponse,
        "MALFORMED_RESPONSE_CHUNK" => Fault.MalformedResponseChunk,
        "RANDOM_DATA_THEN_CLOSE" => Fault.RandomDataThenClose,
        "CONNECTION_RESET_BY_PEER" => Fault.ConnectionResetByPeer,
        var other => throw node.Refuse($"unknown fault '{other}'"),
    };

    private static ProxyDefinition Proxy(MappingNode node, MappingNode target) => new(
        Uri.TryCreate(target.Text(), UriKind.Absolute, out var uri) ? uri : throw target.Refuse("an absolute URL is expected here"),
        node.Find("proxyUrlPrefixToRemove")?.Text(),
        [.. (node.Find("additionalProxyRequestHeaders")?.Members() ?? []).Select(m => KeyValuePair.Create(m.Name, m.Value.Text()))],
        [.. (node.Find("removeProxyRequestHeaders")?.Items() ?? []).Select(item => item.Text())]);

    private static MappingNode Required(MappingNode node, string name) => node.Find(name) ?? throw node.Refuse($"'{name}' is missing");
}
