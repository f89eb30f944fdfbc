using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IntegrationKit.Journal;
using IntegrationKit.Observations;

namespace IntegrationKit.Core.Tests.Journal;

public sealed class JournalWritingTests
{
    public static TheoryData<string> Kinds =>
        [.. typeof(JournalEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JournalEvent)) && !type.IsAbstract).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_event_is_written_as_its_description_says(string kind)
    {
        var type = typeof(JournalEvent).Assembly.GetTypes().Single(candidate => candidate.Name == kind);
        var sample = (JournalEvent)Filled(type, 0)!;

        var described = JsonSerializer.Serialize(sample, JournalJson.Readable.GetTypeInfo(type)!);

        Written(sample, type).Should().Be(described);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(described, JournalJson.Readable.GetTypeInfo(type)!), JournalJson.Readable.GetTypeInfo(type)!).Should().Be(described);
    }

    private static string Written(JournalEvent sample, Type type)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(json, sample, JournalWriting.Default.GetTypeInfo(type)!);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>An instance whose every property says something.</summary>
    private static object? Filled(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return "a \"quoted\" <ö> text";
        }

        if (type.IsGenericType && type.GenericTypeArguments is [var item] && type.IsAssignableFrom(item.MakeArrayType()))
        {
            var items = Array.CreateInstance(item, 1);
            items.SetValue(Filled(item, depth + 1), 0);
            return items;
        }

        if (type.IsAssignableFrom(typeof(Dictionary<string, string>)) && type != typeof(object))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["some key"] = "value" };
        }

        if (type.IsPrimitive)
        {
            return type == typeof(bool) ? true : Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        return type.IsValueType ? Activator.CreateInstance(type) : Made(type, depth);
    }

    private static object? Made(Type type, int depth)
    {
        if (depth > 3 || type.IsAbstract)
        {
            return null;
        }

        var instance = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(property => property is { CanWrite: true } && property.GetIndexParameters().Length == 0))
        {
            property.SetValue(instance, Filled(property.PropertyType, depth + 1));
        }

        return instance;
    }
}
