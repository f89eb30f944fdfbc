using System.Globalization;

namespace IntegrationKit.Writers;

internal static class DurationText
{
    public static string Of(long us) => us switch
    {
        < 1_000 => "< 1 ms",
        < 1_000_000 => $"{us / 1000} ms",
        < 60_000_000 => (us / 1_000_000m).ToString("0.0", CultureInfo.InvariantCulture) + " s",
        _ => $"{us / 60_000_000} min {us / 1_000_000 % 60} s",
    };
}
