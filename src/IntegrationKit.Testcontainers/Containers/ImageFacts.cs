using System.Text.Json;

namespace IntegrationKit.Containers;

/// <summary>What an image does when nobody says otherwise.</summary>
internal sealed record ImageFacts(string Digest, IReadOnlyList<string> Entrypoint, IReadOnlyList<string> Command, IReadOnlyList<string> DataFolders, IReadOnlyList<string> Environment)
{
    /// <summary>The value of a variable that the image sets, or null.</summary>
    public string? Variable(string name) =>
        Environment.FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    public static ImageFacts Read(Stream json)
    {
        using var image = JsonDocument.Parse(json);
        var settings = image.RootElement.GetProperty("Config");
        return new ImageFacts(
            image.RootElement.GetProperty("Id").GetString()!,
            Words(settings, "Entrypoint"),
            Words(settings, "Cmd"),
            settings.TryGetProperty("Volumes", out var volumes) && volumes.ValueKind == JsonValueKind.Object
                ? [.. volumes.EnumerateObject().Select(volume => volume.Name)]
                : [],
            Words(settings, "Env"));
    }

    private static IReadOnlyList<string> Words(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.Array
            ? [.. words.EnumerateArray().Select(word => word.GetString()!)]
            : [];
}
