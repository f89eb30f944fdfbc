using System.Collections.Concurrent;
using Xunit.Sdk;
using Xunit.v3;

namespace IntegrationKit.Framework;

/// <summary>
/// Stands between xUnit and the runner's sink. xUnit is asked for its messages on the tests' own threads, so that a result is
/// in the journal before the next test begins; the runner gets them from a thread of its own, because a runner that is slow
/// to take them (VSTest is a hundred tests behind at its start) must keep no result out of the journal. They are passed on
/// a few at a time: waking that thread for each of a dozen messages per test costs more than recording the test.
/// A runner that asked for synchronous messages gets them so.
/// </summary>
internal sealed class RelayingSink : IMessageSink, IAsyncDisposable
{
    private const string Synchronous = "xunit.execution.SynchronousMessageReporting";

    /// <summary>How long messages wait for company; nobody watching a run can tell.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly IMessageSink inner;
    private readonly ITestFrameworkExecutionOptions options;
    private readonly bool? asked;
    private readonly ConcurrentQueue<IMessageSinkMessage> messages = new();
    private readonly AutoResetEvent wake = new(initialState: false);
    private readonly Task? relay;
    private volatile bool idle;
    private volatile bool ended;
    private volatile bool wantsMore = true;

    public RelayingSink(IMessageSink inner, ITestFrameworkExecutionOptions options)
    {
        (this.inner, this.options, asked) = (inner, options, options.GetValue<bool?>(Synchronous));
        if (asked != true)
        {
            options.SetValue<bool?>(Synchronous, true);
            relay = Task.Factory.StartNew(Relay, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Hears of what the runner's sink threw, on the thread of the relay. Set before the first message.</summary>
    public Action<IMessageSinkMessage> Problem { get; set; } = static _ => { };

    /// <summary>True while the thread of the relay sleeps, or is about to.</summary>
    public bool IsIdle => idle;

    /// <summary>Gives the runner's last answer, to an earlier message perhaps.</summary>
    public bool OnMessage(IMessageSinkMessage message)
    {
        if (relay is null)
        {
            return inner.OnMessage(message);
        }

        messages.Enqueue(message);
        Interlocked.MemoryBarrier(); // the relay announces that it goes to sleep, then looks again: one of us sees the other
        if (idle)
        {
            wake.Set();
        }

        return wantsMore;
    }

    /// <summary>Returns when the runner has taken all messages.</summary>
    public async ValueTask DisposeAsync()
    {
        ended = true;
        wake.Set();
        await (relay ?? Task.CompletedTask).ConfigureAwait(false);
        options.SetValue(Synchronous, asked);
        wake.Dispose();
    }

    private void Relay()
    {
        for (var last = false; !last;)
        {
            last = ended; // asked first: what came before the end is in the queue by now
            if (!PassOn() && !last)
            {
                Sleep();
            }
            else if (!last)
            {
                wake.WaitOne(Pause);
            }
        }
    }

    private void Sleep()
    {
        idle = true;
        Interlocked.MemoryBarrier();
        if (messages.IsEmpty && !ended)
        {
            wake.WaitOne();
        }

        idle = false;
    }

    /// <summary>False when there was nothing.</summary>
    private bool PassOn()
    {
        var any = false;
        while (messages.TryDequeue(out var message))
        {
            any = true;
            try
            {
                wantsMore &= inner.OnMessage(message);
            }
            catch (Exception exception) when (message is not IErrorMessage)
            {
                Problem(ErrorMessage.FromException(exception)); // as xUnit's own message bus has it
            }
            catch (Exception)
            {
                wantsMore = false; // a runner that cannot even take this
            }
        }

        return any;
    }
}
