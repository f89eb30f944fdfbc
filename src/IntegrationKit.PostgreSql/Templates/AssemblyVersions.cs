using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace IntegrationKit.Templates;

/// <summary>
/// Which build an assembly and the project assemblies it references are: the module version id is the same for the same
/// source, so an unchanged project keeps its cached template.
/// </summary>
internal static class AssemblyVersions
{
    public static string Of(Assembly assembly)
    {
        SortedDictionary<string, string> versions = new(StringComparer.Ordinal) { [assembly.GetName().Name!] = assembly.ManifestModule.ModuleVersionId.ToString() };
        var folder = Path.GetDirectoryName(assembly.Location);
        if (!string.IsNullOrEmpty(folder))
        {
            Queue<string> pending = new(assembly.GetReferencedAssemblies().Select(reference => reference.Name!));
            while (pending.TryDequeue(out var name))
            {
                if (!versions.ContainsKey(name) && Path.Combine(folder, name + ".dll") is var file && File.Exists(file))
                {
                    versions[name] = Read(file, pending);
                }
            }
        }

        return string.Join(' ', versions.Select(version => $"{version.Key}={version.Value}"));
    }

    private static string Read(string file, Queue<string> pending)
    {
        using var reader = new PEReader(File.OpenRead(file));
        var metadata = reader.GetMetadataReader();
        foreach (var handle in metadata.AssemblyReferences)
        {
            pending.Enqueue(metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        }

        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString();
    }
}
