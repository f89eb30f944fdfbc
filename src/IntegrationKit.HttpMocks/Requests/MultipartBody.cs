using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace IntegrationKit.Requests;

/// <summary>One part of a multipart body.</summary>
internal sealed record MultipartSectionData(string? Name, string? FileName, MockHeaders Headers, MockBody Body);

/// <summary>Splits a multipart body; anything malformed has no parts.</summary>
internal static class MultipartBody
{
    public static IReadOnlyList<MultipartSectionData> Parse(MockRequest request)
    {
        if (!request.Headers.MediaType.StartsWith("multipart/", StringComparison.Ordinal)
            || !MediaTypeHeaderValue.TryParse(request.Headers["Content-Type"].ToString(), out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            return [];
        }

        try
        {
            return Sections(boundary.ToString(), request.Body.Bytes);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return [];
        }
    }

    private static List<MultipartSectionData> Sections(string boundary, byte[] bytes)
    {
        List<MultipartSectionData> parts = [];
        using var stream = new MemoryStream(bytes);
        var reader = new MultipartReader(boundary, stream);

        // The source is in memory: every read completes at once.
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            using var content = new MemoryStream();
            section.Body.CopyTo(content);
            var disposition = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var parsed) ? parsed : null;
            KeyValuePair<string, StringValues>[] headers = [.. section.Headers ?? []];
            parts.Add(new(
                HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value,
                HeaderUtilities.RemoveQuotes(disposition?.FileName ?? default).Value,
                new MockHeaders(headers),
                new MockBody(content.ToArray())));
        }

        return parts;
    }
}
