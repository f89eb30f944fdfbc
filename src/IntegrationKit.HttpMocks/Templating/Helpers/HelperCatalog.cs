namespace IntegrationKit.Templating.Helpers;

/// <summary>All helpers by name.</summary>
internal static class HelperCatalog
{
    public static IEnumerable<(string Name, Func<HelperCall, object?> Helper)> Values =>
    [
        .. TextHelpers.All, .. JsonHelpers.All, .. XmlHelpers.All, .. ListHelpers.All, .. DateHelpers.All, .. RandomHelpers.All, .. SystemHelpers.All,
    ];

    public static IEnumerable<(string Name, Func<HelperCall, bool> Condition)> Conditions => ConditionHelpers.All;
}
