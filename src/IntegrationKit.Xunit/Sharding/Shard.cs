using System.Globalization;

namespace IntegrationKit.Sharding;

/// <summary>The part of a suite that this run executes: <c>2/8</c> is the second of eight.</summary>
internal sealed record Shard(int Number, int Count)
{
    public const string EnvironmentVariable = "INTEGRATIONKIT_SHARD";

    /// <summary>The shard asked for by the environment, or null for the whole suite.</summary>
    /// <exception cref="FormatException">The text is not of the form number/count: running everything instead would hide it.</exception>
    public static Shard? FromEnvironment() => Parse(Environment.GetEnvironmentVariable(EnvironmentVariable));

    public static Shard? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && number >= 1 && number <= count)
        {
            return new Shard(number, count);
        }

        throw new FormatException(
            $"{EnvironmentVariable} is '{text}', which is no shard. Write number/count with 1 ≤ number ≤ count, for example 2/8 for the second of eight.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
