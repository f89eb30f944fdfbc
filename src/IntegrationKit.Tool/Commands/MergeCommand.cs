using System.CommandLine;
using IntegrationKit.Merging;

namespace IntegrationKit.Commands;

/// <summary><c>integrationkit merge DIR... -o OUT</c>: one report of many shards, reruns or projects.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var sources = new Argument<string[]>("sources") { Description = "report folders, folders of report folders, or journals", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--output", "-o") { Description = "folder of the merged report", Required = true };
        var inputs = new ReportInputs();
        var command = new Command("merge", "Makes one report of many shards, reruns or projects. Order and duplicates do not matter.") { sources, output };
        inputs.AddTo(command);
        command.SetAction(parsed => ReportDocument.Run(parsed, () =>
        {
            var options = inputs.Options(parsed);
            var error = parsed.InvocationConfiguration.Error;
            var result = ReportMerge.Write(parsed.GetValue(sources)!, parsed.GetValue(output)!, options, (done, all) =>
            {
                if (all > 1)
                {
                    error.WriteLine($"read {done} of {all} journals");
                }
            });
            return inputs.Conclude(parsed, result, options);
        }));
        return command;
    }
}
