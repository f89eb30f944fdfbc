using System.CommandLine;

namespace IntegrationKit.Commands;

/// <summary><c>integrationkit report DIR</c>: makes the report of a folder from its journals, also of a killed run.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "report folder with a journal, for example TestResults/integration" };
        var output = new Option<string?>("--output", "-o") { Description = "where to write; default: the folder itself" };
        var inputs = new ReportInputs();
        var command = new Command("report", "Makes the report of a folder from its journals, also of an interrupted run.") { folder, output };
        inputs.AddTo(command);
        command.SetAction(parsed => ReportDocument.Run(parsed, () =>
        {
            var source = parsed.GetValue(folder)!;
            var journals = JournalFolder.Find(source);
            if (journals.Count == 0)
            {
                throw new InputException($"'{source}' holds no journal (*.jsonl).");
            }

            var options = inputs.Options(parsed);
            return inputs.Conclude(parsed, ReportFiles.Write(journals, parsed.GetValue(output) ?? source, options), options);
        }));
        return command;
    }
}
