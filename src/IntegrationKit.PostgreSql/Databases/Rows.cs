using Npgsql;

namespace IntegrationKit.Databases;

/// <summary>Rows as data.</summary>
internal static class Rows
{
    public static IReadOnlyDictionary<string, object?> ToDictionary(NpgsqlDataReader reader)
    {
        Dictionary<string, object?> row = new(reader.FieldCount, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        }

        return row;
    }
}
