using FluentAssertions.Formatting;

namespace IntegrationKit;

/// <summary>Text that appears in a failure message as it is, without the quotes FluentAssertions puts around strings.</summary>
internal sealed record Plain(string Text)
{
    static Plain() => Formatter.AddFormatter(new PlainFormatter());

    public static Plain Of(string text) => new(text);

    private sealed class PlainFormatter : IValueFormatter
    {
        public bool CanHandle(object value) => value is Plain;

        public void Format(object value, FormattedObjectGraph formattedGraph, FormattingContext context, FormatChild formatChild) =>
            formattedGraph.AddFragment(((Plain)value).Text);
    }
}
