using Xunit.Sdk;

namespace IntegrationKit.Attempts;

/// <summary>The messages of a test that may run again, kept back until it is clear whether they are the ones that count.</summary>
internal sealed class HeldTest(string caseId)
{
    public string CaseId { get; } = caseId;

    public List<IMessageSinkMessage> Messages { get; } = [];

    public ITestResultMessage? Result { get; private set; }

    public bool Failed => Result is ITestFailed;

    public void Add(IMessageSinkMessage message)
    {
        Messages.Add(message);
        if (message is ITestPassed or ITestFailed or ITestSkipped or ITestNotRun)
        {
            Result = (ITestResultMessage)message;
        }
    }
}
