using IntegrationKit.Journal;

namespace IntegrationKit.Redaction;

/// <summary>Masks and cuts what one test said, and remembers whether any of it held a secret. Not thread-safe.</summary>
internal sealed class TestTextRedaction(Redactor redactor)
{
    public bool Masked { get; private set; }

    public TestError Apply(TestError error)
    {
        var message = Keep(error.Message, EventText.Message, out var messageCut);
        var stack = Keep(error.Stack, EventText.Stack, out var stackCut);
        return error with
        {
            Message = message!,
            MessageCut = messageCut,
            Stack = stack,
            StackCut = stackCut,
            Inner = error.Inner?.Select(Apply).ToArray(),
        };
    }

    public string? Keep(string? text, int limit, out int cut)
    {
        if (text is null)
        {
            cut = 0;
            return null;
        }

        var kept = EventText.Keep(text, limit, redactor);
        Masked |= kept.Masked;
        cut = kept.Cut;
        return kept.Text;
    }
}
