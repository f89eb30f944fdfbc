using System.CommandLine;
using IntegrationKit.Commands;
using IntegrationKit.Doctor;
using IntegrationKit.Tool;

namespace IntegrationKit;

/// <summary>Exit codes: 0 fine, 1 a gate is closed or the verdict is failure, 2 wrong usage or unreadable input, 3 the run was aborted.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var parsed = Build().Parse(args);
        var code = await parsed.InvokeAsync().ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? Comparing.Gates.Usage : code;
    }

    public static RootCommand Build() => new("IntegrationKit on the command line.")
    {
        ReportCommand.Create(),
        MergeCommand.Create(),
        CompareCommand.Create(),
        ValidateCommand.Create(),
        OpenCommand.Create(),
        MockCommand.Create(),
        DoctorCommand.Create(),
    };
}
