using IntegrationKit.Facts;
using IntegrationKit.Journal;
using IntegrationKit.Model;

namespace IntegrationKit.Rules;

internal sealed class SecretsMaskedRule() : Rule(
    "IK7001", "Secrets masked", "What the test printed, or what failed in it, held a secret, which was masked before anything was written. Other logs may still hold it: do not print it.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var tests = Finished.Where(facts, static finished => finished.Masked);
        if (tests.TestCount > 0)
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Note,
                Category = Category.Test,
                Subject = "masked",
                Title = $"{Tests(tests.TestCount)} {(tests.TestCount == 1 ? "tells" : "tell")} a secret",
                Message = "Output, error, reason, warning or attachment's name: masked here, and perhaps in no other log.",
                Tests = tests,
            });
        }
    }
}

internal sealed class OutputCutRule() : Rule(
    "IK7002", "Output cut", "The test said more than the report keeps: the middle was left out. Attach what is worth keeping, or print less.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var tests = Finished.Where(facts, static finished => finished.OutputCut > 0 || (finished.Error is { } error && IsCut(error)));
        if (tests.TestCount > 0)
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Note,
                Category = Category.Test,
                Subject = "cut",
                Title = $"{Tests(tests.TestCount)} {(tests.TestCount == 1 ? "says" : "say")} more than the report keeps",
                Message = "The beginning and the end are kept; how much was cut is under Test Environment.",
                Tests = tests,
            });
        }
    }

    private static bool IsCut(TestError error) => error.MessageCut > 0 || error.StackCut > 0 || error.Inner?.Any(IsCut) == true;
}

internal sealed class AttachmentRefusedRule() : Rule(
    "IK7004", "Attachment refused", "The journal names a file that is not in the report's own attachments folder. It is neither linked nor copied.")
{
    public override void Evaluate(SuiteFacts facts, FindingSink sink)
    {
        var tests = Finished.Where(facts, static finished => finished.Attachments?.Any(file => !AttachmentPath.IsOwn(file.Path)) == true);
        if (tests.TestCount > 0)
        {
            sink.Issue(new IssueDraft
            {
                Level = Level.Warning,
                Category = Category.Environment,
                Subject = "attachments",
                Title = $"Attachments of {Tests(tests.TestCount)} are outside the report's folder",
                Message = "No recorder of this library writes such a path: somebody changed the journal.",
                Tests = tests,
            });
        }
    }
}
