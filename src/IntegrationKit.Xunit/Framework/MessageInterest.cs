using System.Collections.Concurrent;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// What to do with a message, worked out once per class of messages: asking each for a dozen interfaces would cost more than
/// all the rest. Thread-safe.
/// </summary>
internal static class MessageInterest
{
    /// <summary>Goes into the journal, or is needed for what goes there.</summary>
    public const string Journal = "journal";

    /// <summary>Tells of an attribute's code before or after a test.</summary>
    public const string Attributes = "attributes";

    public const string None = "none";

    // Objects on both sides: the runtime brings this dictionary compiled.
    private static readonly ConcurrentDictionary<Type, string> Known = new();

    public static string In(IMessageSinkMessage message) =>
        Known.TryGetValue(message.GetType(), out var known) ? known : Known.GetOrAdd(message.GetType(), Of(message));

    /// <summary>Four messages per test that say that our own hook ran: no runner has any use for them.</summary>
    public static bool IsOurs(IMessageSinkMessage message) => message switch
    {
        IBeforeTestStarting starting => starting.AttributeName,
        IBeforeTestFinished finished => finished.AttributeName,
        IAfterTestStarting starting => starting.AttributeName,
        IAfterTestFinished finished => finished.AttributeName,
        _ => null,
    } == nameof(IntegrationKitTestFrameworkAttribute);

    private static string Of(IMessageSinkMessage message) => message switch
    {
        ITestAssemblyStarting or ITestCaseStarting or ITestStarting => Journal,
        ITestPassed or ITestFailed or ITestSkipped or ITestNotRun => Journal,
        ITestFinished or ITestCaseFinished or ITestAssemblyFinished or IErrorMetadata => Journal,
        IBeforeTestStarting or IBeforeTestFinished or IAfterTestStarting or IAfterTestFinished => Attributes,
        _ => None,
    };
}
