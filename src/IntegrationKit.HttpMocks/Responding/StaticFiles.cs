using IntegrationKit.Requests;
using Microsoft.Extensions.Primitives;

namespace IntegrationKit.Responding;

/// <summary>
/// What a stand-alone WireMock does with a GET that no stub matched: files below <c>__files</c> are served by their path,
/// folders are forbidden.
/// </summary>
internal static class StaticFiles
{
    public static async Task<Answer?> FindAsync(string root, MockRequest request, CancellationToken cancellationToken)
    {
        if (request.Method != "GET")
        {
            return null;
        }

        var folder = Path.GetFullPath(root);
        var full = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(request.Path).TrimStart('/')));
        if (full != folder && !full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return null;
        }

        if (Directory.Exists(full))
        {
            return new Answer(403, [], []);
        }

        return File.Exists(full)
            ? new Answer(200, [KeyValuePair.Create("Content-Type", new StringValues(TypeOf(full)))], await File.ReadAllBytesAsync(full, cancellationToken).ConfigureAwait(false))
            : null;
    }

    private static string TypeOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".json" => "application/json",
        ".xml" => "application/xml",
        ".html" => "text/html",
        ".txt" => "text/plain",
        ".css" => "text/css",
        ".js" => "text/javascript",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
