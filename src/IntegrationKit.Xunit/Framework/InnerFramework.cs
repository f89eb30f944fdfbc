using System.Reflection;
using Xunit.v3;

namespace IntegrationKit.Framework;

/// <summary>Finds the framework to decorate.</summary>
internal static class InnerFramework
{
    public static ITestFramework Create(Assembly assembly, string? configFileName)
    {
        var type = assembly.GetCustomAttributes()
            .OfType<ITestFrameworkAttribute>()
            .Where(attribute => attribute is not IntegrationKitTestFrameworkAttribute)
            .OrderBy(attribute => attribute.GetType().FullName, StringComparer.Ordinal)
            .FirstOrDefault()?.FrameworkType;
        return type is null ? new XunitTestFramework(configFileName) : Create(type, configFileName);
    }

    private static ITestFramework Create(Type type, string? configFileName)
    {
        var withConfiguration = type.GetConstructor([typeof(string)]);
        var instance = withConfiguration is null ? Activator.CreateInstance(type) : withConfiguration.Invoke([configFileName]);
        return instance as ITestFramework ?? throw new InvalidOperationException(
            $"'{type.FullName}', named by a test framework attribute, does not implement {typeof(ITestFramework).FullName}.");
    }
}
