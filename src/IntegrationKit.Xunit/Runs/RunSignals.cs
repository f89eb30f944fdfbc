using System.Runtime.InteropServices;

namespace IntegrationKit.Runs;

/// <summary>
/// Leaves a report when the process is told to stop. .NET's default for SIGTERM and SIGHUP runs neither fixture disposal
/// nor ProcessExit, so both are handled here; the signal then takes its usual course. The first SIGINT belongs to the
/// runner, which cancels gracefully; the report written on it is overwritten at the graceful end.
/// </summary>
internal sealed class RunSignals : IDisposable
{
    private readonly IntegrationRun run;
    private readonly List<PosixSignalRegistration> registrations = [];
    private int interrupts;

    public RunSignals(IntegrationRun run)
    {
        this.run = run;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT })
        {
            try
            {
                registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
            }
            catch (PlatformNotSupportedException)
            {
                // Such a platform has no signals to survive; ProcessExit is what is left.
            }
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        var first = context.Signal == PosixSignal.SIGINT && Interlocked.Increment(ref interrupts) == 1;
        run.Abort(context.Signal.ToString(), final: !first);
    }

    private void OnExit(object? sender, EventArgs e) => run.Abort("process exit", final: true);
}
