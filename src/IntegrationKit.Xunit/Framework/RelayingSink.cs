using System.Collections.Concurrent;
using Xunit.Sdk;

namespace IntegrationKit.Framework;

/// <summary>
/// Passes messages on to the runner's sink from a thread of its own. A runner that is slow to take them (VSTest is a hundred
/// tests behind at its start) then keeps no result out of the journal. A runner that asked for synchronous messages gets them so.
/// </summary>
internal sealed class RelayingSink : IMessageSink, IAsyncDisposable
{
    private const string Synchronous = "xunit.execution.SynchronousMessageReporting";

    private readonly IMessageSink inner;
    private readonly BlockingCollection<IMessageSinkMessage> messages = [];
    private readonly Task? relay;
    private Exception? problem;
    private volatile bool wantsMore = true;

    public RelayingSink(IMessageSink inner, ITestFrameworkExecutionOptions options)
    {
        this.inner = inner;
        relay = options.GetValue<bool?>(Synchronous) == true ? null
            : Task.Factory.StartNew(Relay, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Gives the runner's last answer, or throws its last exception, to an earlier message perhaps.</summary>
    public bool OnMessage(IMessageSinkMessage message)
    {
        if (relay is null)
        {
            return inner.OnMessage(message);
        }

        messages.Add(message);
        return Interlocked.Exchange(ref problem, null) is { } thrown
            ? throw new InvalidOperationException("The runner could not take a message: " + thrown.Message, thrown)
            : wantsMore;
    }

    /// <summary>Returns when the runner has taken all messages.</summary>
    public async ValueTask DisposeAsync()
    {
        messages.CompleteAdding();
        await (relay ?? Task.CompletedTask).ConfigureAwait(false);
        messages.Dispose();
    }

    private void Relay()
    {
        foreach (var message in messages.GetConsumingEnumerable())
        {
            try
            {
                wantsMore &= inner.OnMessage(message);
            }
            catch (Exception exception)
            {
                Volatile.Write(ref problem, exception);
            }
        }
    }
}
