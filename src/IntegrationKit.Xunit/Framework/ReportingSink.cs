using IntegrationKit.Runs;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// Sees every message of the run. Journals first, so that whatever the runner has told anybody survives a kill; returns
/// what the runner's sink returned; never throws, never blocks, is called by the threads of the tests.
/// </summary>
internal sealed class ReportingSink(IMessageSink inner, IntegrationRun run) : IMessageSink
{
    private readonly Action<IMessageSinkMessage> observe = new MessageTranslation(run).Observe;

    public bool OnMessage(IMessageSinkMessage message)
    {
        // Most messages are of no interest here, and those about our own attribute to nobody.
        var interest = MessageInterest.In(message);
        if (interest == MessageInterest.Journal)
        {
            run.Observe(message, observe);
        }
        else if (interest == MessageInterest.Attributes && MessageInterest.IsOurs(message))
        {
            return true;
        }

        // After an abort the report is being written: what may have come too late for it is told to nobody.
        return run.IsAborted || inner.OnMessage(message);
    }
}
