using IntegrationKit.Runs;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// Sees every message of the run. Forwards first and returns what the runner's sink returned; never throws, never blocks,
/// may be called on several threads at once (synchronous message reporting).
/// </summary>
internal sealed class ReportingSink(IMessageSink inner, IntegrationRun run) : IMessageSink
{
    private readonly MessageTranslation translation = new(run);

    public bool OnMessage(IMessageSinkMessage message)
    {
        var goOn = inner.OnMessage(message);
        try
        {
            translation.Observe(message);
        }
        catch (Exception exception)
        {
            run.Problem(exception);
        }

        return goOn;
    }
}
