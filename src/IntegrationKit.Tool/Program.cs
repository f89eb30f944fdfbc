using System.CommandLine;

namespace IntegrationKit.Tool;

internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("IntegrationKit on the command line.") { MockCommand.Create() };
        return root.Parse(args).InvokeAsync();
    }
}
