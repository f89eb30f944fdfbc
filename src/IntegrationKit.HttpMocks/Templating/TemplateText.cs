using System.Globalization;

namespace IntegrationKit.Templating;

/// <summary>Values as templates print them: as Java does.</summary>
internal static class TemplateText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => Number(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static bool IsTrue(object? value) => value switch
    {
        null or false or "" or 0 or 0L or 0.0 => false,
        System.Collections.ICollection { Count: 0 } => false,
        _ => true,
    };

    /// <summary>A decimal point always; scientific notation from ten million on.</summary>
    private static string Number(double number)
    {
        var size = Math.Abs(number);
        if (number == 0 || (size >= 1e-3 && size < 1e7))
        {
            var plain = number.ToString("0.0################", CultureInfo.InvariantCulture);
            return double.Parse(plain, CultureInfo.InvariantCulture).Equals(number) ? plain : number.ToString("R", CultureInfo.InvariantCulture);
        }

        var text = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 1; digits < 17; digits++)
        {
            var shorter = number.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(shorter, CultureInfo.InvariantCulture).Equals(number))
            {
                text = shorter;
                break;
            }
        }

        var parts = text.Split('E');
        return $"{parts[0]}E{int.Parse(parts[1], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}";
    }
}
