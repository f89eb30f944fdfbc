using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// What to do with a message, worked out once per class of messages: asking each for a dozen interfaces would cost more than
/// all the rest. There are some fifteen classes: looking through them is quicker than a dictionary. Thread-safe.
/// </summary>
internal sealed class MessageInterest
{
    /// <summary>Goes into the journal, or is needed for what goes there.</summary>
    public static readonly MessageInterest Journal = new();

    /// <summary>Tells of an attribute's code before or after a test.</summary>
    public static readonly MessageInterest Attributes = new();

    public static readonly MessageInterest None = new();

    private static readonly Lock Learning = new();
    private static volatile Known[] known = [];

    private MessageInterest()
    {
    }

    public static MessageInterest In(IMessageSinkMessage message)
    {
        var type = message.GetType();
        foreach (var one in known)
        {
            if (ReferenceEquals(one.Type, type))
            {
                return one.Interest;
            }
        }

        return Learn(type, Of(message));
    }

    /// <summary>Four messages per test that say that our own hook ran: no runner has any use for them.</summary>
    public static bool IsOurs(IMessageSinkMessage message) => message switch
    {
        IBeforeTestStarting starting => starting.AttributeName,
        IBeforeTestFinished finished => finished.AttributeName,
        IAfterTestStarting starting => starting.AttributeName,
        IAfterTestFinished finished => finished.AttributeName,
        _ => null,
    } == nameof(IntegrationKitTestFrameworkAttribute);

    private static MessageInterest Learn(Type type, MessageInterest interest)
    {
        lock (Learning)
        {
            known = [.. known, new Known(type, interest)];
        }

        return interest;
    }

    private static MessageInterest Of(IMessageSinkMessage message) => message switch
    {
        ITestAssemblyStarting or ITestCaseStarting or ITestStarting => Journal,
        ITestPassed or ITestFailed or ITestSkipped or ITestNotRun => Journal,
        ITestFinished or ITestCaseFinished or ITestAssemblyFinished or IErrorMetadata => Journal,
        IBeforeTestStarting or IBeforeTestFinished or IAfterTestStarting or IAfterTestFinished => Attributes,
        _ => None,
    };

    private readonly record struct Known(Type Type, MessageInterest Interest);
}
