using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationKit.Responding;

/// <summary>The reason phrases that WireMock's server sends where ours would send another or none.</summary>
internal static class ReasonPhrase
{
    private static readonly string?[] Known = [.. Enumerable.Range(0, 1000).Select(Make)];

    /// <summary>Null when the server's own phrase is right.</summary>
    public static string? Of(int status) => (uint)status < (uint)Known.Length ? Known[status] : null;

    private static string? Make(int status) => status switch
    {
        203 => "Non Authoritative Information",
        418 => "I'm a Teapot",
        425 or 499 => status.ToString(CultureInfo.InvariantCulture),
        451 => "Unavailable for Legal Reason",
        _ => ReasonPhrases.GetReasonPhrase(status).Length == 0 ? status.ToString(CultureInfo.InvariantCulture) : null,
    };
}
