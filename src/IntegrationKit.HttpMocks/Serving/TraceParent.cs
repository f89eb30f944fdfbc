using System.Diagnostics;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Serving;

internal static class TraceParent
{
    /// <summary>The trace id of a W3C <c>traceparent</c> header, or null.</summary>
    public static ActivityTraceId? TraceId(StringValues header)
    {
        var text = header.ToString();
        if (text.Length < 55 || text[2] != '-' || text[35] != '-')
        {
            return null;
        }

        try
        {
            return ActivityTraceId.CreateFromString(text.AsSpan(3, 32));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
