using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using IntegrationKit.Sql;

namespace IntegrationKit;

/// <summary>
/// An interpolated statement whose holes become parameters: <c>$"… WHERE id = {id}"</c> is sent as <c>… WHERE id = $1</c>, so
/// no value can change the statement. Made by the compiler; not for storing.
/// </summary>
/// <remarks>
/// A name cannot be a parameter: <c>{table:name}</c> is written into the statement as a quoted identifier, dots separating
/// schema and name, and <c>{text:raw}</c> is written as it is. A string whose holes are all constants is a constant to the
/// compiler, hence an ordinary statement.
/// </remarks>
[InterpolatedStringHandler]
public sealed class SqlInterpolation
{
    private readonly StringBuilder text;
    private readonly List<object?> values;

    /// <summary>Called by the compiler.</summary>
    /// <param name="literalLength">Characters outside the holes.</param>
    /// <param name="formattedCount">Number of holes.</param>
    public SqlInterpolation(int literalLength, int formattedCount) =>
        (text, values) = (new StringBuilder(literalLength + (formattedCount * 3)), new List<object?>(formattedCount));

    internal string Text => text.ToString();

    internal object?[] Values => [.. values];

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => text.Append(value);

    /// <summary>Called by the compiler: the value becomes a parameter.</summary>
    public void AppendFormatted<T>(T value)
    {
        values.Add(value);
        text.Append(CultureInfo.InvariantCulture, $"${values.Count}");
    }

    /// <summary>Called by the compiler: <c>name</c> or <c>raw</c>.</summary>
    /// <exception cref="FormatException">Another format: values are not formatted in text, they are parameters.</exception>
    public void AppendFormatted(string value, string format)
    {
        ArgumentNullException.ThrowIfNull(value);
        text.Append(format switch
        {
            "raw" => value,
            "name" => string.Join('.', value.Split('.').Select(Identifiers.Quote)),
            _ => throw new FormatException($"'{format}' is no format of SQL: use {{value}} for a parameter, {{value:name}} for an identifier or {{value:raw}} for text as it is."),
        });
    }
}
