using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Shop.Data;

/// <summary>PostgreSQL folds unquoted names to lower case, so columns are written price_cents rather than "PriceCents".</summary>
internal static partial class SnakeCaseNames
{
    public static void Apply(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(WordStart().Replace(property.Name, "_$0").ToLowerInvariant());
        }
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
