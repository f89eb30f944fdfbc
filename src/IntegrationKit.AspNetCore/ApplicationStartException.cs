namespace IntegrationKit;

/// <summary>
/// The application under test did not start. Thrown once with its first exception and the end of its log; the tests after
/// it get one line that refers to it.
/// </summary>
public sealed class ApplicationStartException : Exception
{
    internal ApplicationStartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>One line: type and message of the first exception.</summary>
    internal string Reason { get; private init; } = "";

    internal static ApplicationStartException From(string name, Exception exception, TimeSpan? timeout, IReadOnlyList<string> log)
    {
        var cause = exception is AggregateException { InnerExceptions.Count: 1 } aggregate ? aggregate.InnerException! : exception;
        var reason = timeout is { } limit
            ? $"not ready after {limit.TotalSeconds:0.#} s"
            : $"{cause.GetType().Name}: {cause.Message}";
        var tail = log.Count == 0 ? "It logged nothing." : "Its last log lines:\n  " + string.Join("\n  ", log);
        return new ApplicationStartException($"'{name}' did not start: {reason}\n{tail}", timeout is null ? cause : null) { Reason = reason };
    }
}
