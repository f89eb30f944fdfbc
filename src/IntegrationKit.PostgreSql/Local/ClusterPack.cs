using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IntegrationKit.Local;

/// <summary>
/// A data folder in one file: reading one file and writing a thousand takes half the time of copying a thousand. Every file
/// in it has a checksum, so a damaged pack is found before a server runs on it.
/// </summary>
internal sealed class ClusterPack
{
    private const uint Magic = 0x32504B49; // IKP2

    private const int BufferSize = 128 * 1024;

    private readonly string path;
    private readonly IReadOnlyList<string> folders;
    private readonly IReadOnlyList<PackedFile> files;

    private ClusterPack(string path, IReadOnlyList<string> folders, IReadOnlyList<PackedFile> files) =>
        (this.path, this.folders, this.files) = (path, folders, files);

    /// <summary>Packs a stopped server's folder, without the files of a run and the folders named (relative).</summary>
    public static async Task WriteAsync(string source, string path, IReadOnlyList<string> without, CancellationToken cancellationToken)
    {
        bool Wanted(string entry) => !entry.StartsWith("postmaster.", StringComparison.Ordinal)
            && !without.Any(folder => entry == folder || entry.StartsWith(folder + "/", StringComparison.Ordinal));
        string[] inner = [.. Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories).Select(folder => Path.GetRelativePath(source, folder)).Where(Wanted)];
        FileInfo[] wanted = [.. new DirectoryInfo(source).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => Wanted(Path.GetRelativePath(source, file.FullName)))];
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await using (stream.ConfigureAwait(false))
        {
            WriteHeader(stream, source, inner, wanted);
            List<byte> checksums = [];
            foreach (var file in wanted)
            {
                // Relation files have a gigabyte at most.
                var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
                checksums.AddRange(BitConverter.GetBytes(Checksum(0, content)));
            }

            await stream.WriteAsync(checksums.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static ClusterPack Open(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new BinaryReader(stream);
        try
        {
            if (reader.ReadUInt32() != Magic)
            {
                throw new InvalidDataException($"{path} is no packed data folder.");
            }

            var inner = Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString()).ToArray();
            var named = Enumerable.Range(0, reader.ReadInt32()).Select(_ => (Name: reader.ReadString(), Length: reader.ReadInt64())).ToArray();
            var start = stream.Position;
            stream.Position += named.Sum(file => file.Length);
            List<PackedFile> packed = new(named.Length);
            foreach (var (name, length) in named)
            {
                packed.Add(new PackedFile(name, start, length, reader.ReadUInt32()));
                start += length;
            }

            return new ClusterPack(path, inner, packed);
        }
        catch (Exception exception) when (exception is EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is damaged.", exception);
        }
    }

    /// <summary>Makes all folders, and writes the files that are wanted.</summary>
    /// <param name="target">The new data folder.</param>
    /// <param name="place">Relative path in the pack to the relative path to write, or null to leave the file out.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    public void Unpack(string target, Func<string, string?> place, CancellationToken cancellationToken)
    {
        PrivateFolder.Create(target);
        foreach (var folder in folders)
        {
            PrivateFolder.Create(Path.Combine(target, place(folder + "/")?.TrimEnd('/') ?? folder));
        }

        using var pack = File.OpenHandle(path);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };
        Parallel.ForEach(files, options, file =>
        {
            if (place(file.Name) is { } name)
            {
                Write(pack, file, Path.Combine(target, name));
            }
        });
    }

    private static void Write(SafeFileHandle pack, PackedFile file, string target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var checksum = 0u;
        using var output = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        for (long done = 0; done < file.Length;)
        {
            var read = RandomAccess.Read(pack, buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - done)), file.Offset + done);
            RandomAccess.Write(output, buffer.AsSpan(0, read), done);
            checksum = Checksum(checksum, buffer.AsSpan(0, read));
            done += read > 0 ? read : throw new InvalidDataException($"{file.Name} is cut short.");
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (checksum != file.Checksum)
        {
            throw new InvalidDataException($"{file.Name} is damaged.");
        }
    }

    // The buffer's size is a multiple of eight, so the words of a file are the same in whatever parts it is read.
    private static uint Checksum(uint checksum, ReadOnlySpan<byte> data)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(data))
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (var rest in data[(data.Length / 8 * 8)..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }

    private static void WriteHeader(Stream stream, string source, string[] folders, FileInfo[] files)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(folders.Length);
        foreach (var folder in folders)
        {
            writer.Write(folder);
        }

        writer.Write(files.Length);
        foreach (var file in files)
        {
            writer.Write(Path.GetRelativePath(source, file.FullName));
            writer.Write(file.Length);
        }
    }

    private sealed record PackedFile(string Name, long Offset, long Length, uint Checksum);
}
