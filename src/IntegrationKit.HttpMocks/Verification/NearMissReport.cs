using System.Globalization;
using System.Text;
using IntegrationKit.Requests;
using IntegrationKit.Stubs;

namespace IntegrationKit.Verification;

/// <summary>
/// Says in plain text why nothing matched. The first line names the request and the telling difference to the nearest stub;
/// after it come the three nearest stubs, part by part.
/// </summary>
internal static class NearMissReport
{
    private const int Shown = 3;

    public static string For(MockRequest request, IEnumerable<Stub> stubs)
    {
        var nearest = NearMiss.Rank(request, stubs, Shown);
        var text = new StringBuilder();
        text.Append("No stub matched ").Append(request.Method).Append(' ').Append(request.Target);
        if (nearest.Count == 0)
        {
            return text.Append(": there are no stubs.\n").ToString();
        }

        text.Append(": ").Append(Headline(nearest[0], request)).Append('\n');
        for (var i = 0; i < nearest.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. nearest stub: {nearest[i].Stub.Mapping.Title}\n");
            Parts(nearest[i], request, text);
        }

        return text.ToString();
    }

    private static string Headline(NearMiss miss, MockRequest request)
    {
        if (miss.Failed.Count == 0)
        {
            var step = miss.Stub.Mapping.Scenario;
            return step is null ? "a stub matches now, it was added later" : $"scenario '{step.Name}' is not in state '{step.Required}'";
        }

        var part = miss.Failed[0];
        var more = miss.Failed.Count > 1 ? $" (and {miss.Failed.Count - 1} more)" : "";
        return $"{part.Label}: {part.Differences(request).First()}{more}";
    }

    private static void Parts(NearMiss miss, MockRequest request, StringBuilder text)
    {
        foreach (var part in miss.Stub.Mapping.Request.Parts)
        {
            if (!miss.Failed.Contains(part))
            {
                text.Append("   = ").Append(part.Label).Append(": ").Append(part.Expected).Append('\n');
                continue;
            }

            foreach (var difference in part.Differences(request))
            {
                text.Append("   ! ").Append(part.Label).Append(": ").Append(difference).Append('\n');
            }
        }
    }
}
