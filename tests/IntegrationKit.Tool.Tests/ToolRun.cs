using System.CommandLine;

namespace IntegrationKit;

/// <summary>Runs the tool in process with its own console.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static ToolRun Of(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = Program.Build().Parse(args);
        var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
        return new ToolRun(parsed.Errors.Count > 0 ? Comparing.Gates.Usage : code, output.ToString(), error.ToString());
    }
}
