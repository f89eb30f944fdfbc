using System.Collections.Concurrent;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// What to do with a message, worked out once per class of messages: asking each for a dozen interfaces would cost more than
/// all the rest. A class rather than an enum: the runtime brings a dictionary of references compiled. Thread-safe.
/// </summary>
internal sealed class MessageInterest
{
    /// <summary>Goes into the journal, or is needed for what goes there.</summary>
    public static readonly MessageInterest Journal = new();

    /// <summary>Tells of an attribute's code before or after a test.</summary>
    public static readonly MessageInterest Attributes = new();

    public static readonly MessageInterest None = new();

    private static readonly ConcurrentDictionary<Type, MessageInterest> Known = new();

    private MessageInterest()
    {
    }

    public static MessageInterest In(IMessageSinkMessage message) =>
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

    private static MessageInterest Of(IMessageSinkMessage message) => message switch
    {
        ITestAssemblyStarting or ITestCaseStarting or ITestStarting => Journal,
        ITestPassed or ITestFailed or ITestSkipped or ITestNotRun => Journal,
        ITestFinished or ITestCaseFinished or ITestAssemblyFinished or IErrorMetadata => Journal,
        IBeforeTestStarting or IBeforeTestFinished or IAfterTestStarting or IAfterTestFinished => Attributes,
        _ => None,
    };
}
