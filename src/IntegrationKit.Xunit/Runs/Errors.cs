using IntegrationKit.Journal;
using Xunit.Sdk;

namespace IntegrationKit.Runs;

/// <summary>Errors as the journal holds them.</summary>
internal static class Errors
{
    public static TestError From(Exception exception) => new()
    {
        Type = exception.GetType().FullName ?? exception.GetType().Name,
        Message = exception.Message,
        Stack = exception.StackTrace,
        Inner = exception is AggregateException aggregate
            ? [.. aggregate.InnerExceptions.Select(From)]
            : exception.InnerException is { } inner ? [From(inner)] : null,
    };

    /// <summary>Rebuilds the tree of exceptions that xUnit flattens into parallel arrays.</summary>
    public static TestError From(IErrorMetadata metadata) => From(metadata, 0);

    private static TestError From(IErrorMetadata metadata, int index)
    {
        var inner = Enumerable.Range(index + 1, Math.Max(0, metadata.ExceptionParentIndices.Length - index - 1))
            .Where(i => metadata.ExceptionParentIndices[i] == index)
            .Select(i => From(metadata, i))
            .ToArray();
        return new TestError
        {
            Type = At(metadata.ExceptionTypes, index) ?? "unknown",
            Message = At(metadata.Messages, index) ?? "",
            Stack = At(metadata.StackTraces, index),
            Inner = inner.Length == 0 ? null : inner,
        };
    }

    private static string? At(string?[] values, int index) => index < values.Length ? values[index] : null;
}
