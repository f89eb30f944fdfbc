using System.Globalization;
using static IntegrationKit.Writers.Html.HtmlText;

namespace IntegrationKit.Writers.Html;

/// <summary>The few elements the page is made of.</summary>
internal sealed class HtmlPage(TextWriter output)
{
    public void Raw(string html) => output.Write(html);

    public void Section(string id, string title, string? count, Action body)
    {
        output.Write($"<section id=\"{id}\" aria-labelledby=\"{id}-h\"><h2 id=\"{id}-h\">{Of(title)}{(count is null ? "" : $" <span class=\"n\">{Of(count)}</span>")}</h2>\n");
        body();
        output.Write("</section>\n");
    }

    public void Heading(string text) => output.Write($"<h3>{Broken(text)}</h3>\n");

    public void Paragraph(string text) => output.Write($"<p>{Broken(text)}</p>\n");

    /// <summary>Cells are texts; a <see cref="Cell"/> may carry a class or links to tests.</summary>
    public void Table<T>(string caption, string[] header, IReadOnlyList<T> rows, Func<T, Cell[]> cells, int limit = 500)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var first = cells(rows[0]);
        var kind = header.Length <= 2 ? "" : first.Skip(1).All(c => c.Class == "num") ? " class=\"wide numbers\"" : " class=\"wide\"";
        output.Write($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Of(caption)}\"><table{kind}><caption>{Of(caption)}</caption><thead><tr>");
        for (var i = 0; i < header.Length; i++)
        {
            output.Write($"<th scope=\"col\"{(first[i].Class == "num" ? " class=\"num\"" : "")}>{Of(header[i])}</th>");
        }

        output.Write("</tr></thead><tbody>\n");
        foreach (var row in rows.Take(limit))
        {
            output.Write("<tr>");
            foreach (var (cell, name) in cells(row).Zip(header))
            {
                Write(cell, name);
            }

            output.Write("</tr>\n");
        }

        output.Write("</tbody></table></div>\n");
        if (rows.Count > limit)
        {
            Paragraph($"… and {rows.Count - limit} more rows in report.json.");
        }
    }

    /// <summary>Links that open the test in the list below.</summary>
    public void Tests(IReadOnlyList<string> ids, int count)
    {
        if (ids.Count == 0)
        {
            return;
        }

        output.Write($"<details class=\"ids\"><summary>{Counted.Of(count, "test")}</summary><p>");
        foreach (var id in ids.Take(50))
        {
            output.Write($"<a href=\"#t={Of(id)}\" data-t=\"{Of(id)}\">{Of(id)}</a> ");
        }

        output.Write(count > 50 ? "…</p></details>\n" : "</p></details>\n");
    }

    /// <summary>On a narrow screen a row is a list; each cell then tells what it is, ids broken at their colon.</summary>
    private void Write(Cell cell, string header)
    {
        output.Write($"<td data-h=\"{Of(header.Replace(":", ":\u200B", StringComparison.Ordinal))}\"{(cell.Class is null ? "" : $" class=\"{cell.Class}\"")}>");
        output.Write(Broken(cell.Text));
        if (cell.TestIds is { Count: > 0 } ids)
        {
            Tests(ids, cell.TestCount);
        }

        output.Write("</td>");
    }
}

internal readonly record struct Cell(string Text, string? Class = null, IReadOnlyList<string>? TestIds = null, int TestCount = 0)
{
    public static implicit operator Cell(string? text) => new(text ?? "");

    public static implicit operator Cell(long number) => new(number.ToString(CultureInfo.InvariantCulture), "num");

    /// <summary>Stands in line with the numbers beside it.</summary>
    public static Cell Duration(long? us) => new(us is { } time ? DurationText.Of(time) : "", "num");

    /// <summary>The tests; for what only background work did, how often.</summary>
    public static Cell Of(Model.Exercise exercise) => exercise is { Calls: > 0, Tests: 0 }
        ? new Cell($"background × {exercise.Calls}")
        : new Cell("", null, exercise.TestIds, exercise.Tests);
}
