namespace IntegrationKit.Local;

/// <summary>Settings of a server whose data may be lost at any time: speed over durability, no listener outside its socket.</summary>
internal static class ClusterSettings
{
    public const string User = "postgres";

    /// <summary>Part of the socket's name only; no port is opened.</summary>
    public const int Port = 5432;

    private static readonly string[] Data = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=1"];

    public static readonly string[] InitialisationArguments = ["-U", User, "--auth=scram-sha-256", .. Data];

    public static string Initialisation => string.Join(' ', InitialisationArguments);

    private static readonly string[] SocketOnly = ["listen_addresses=", "unix_socket_permissions=0700"];

    private static readonly string[] Tuned =
    [
        "max_connections=400", "max_prepared_transactions=20", "wal_recycle=off", "wal_init_zero=off", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
        "wal_level=minimal", "max_wal_senders=0", "checkpoint_timeout=1h", "max_wal_size=4GB", "shared_buffers=128MB",
        "autovacuum=off", "bgwriter_lru_maxpages=0", "jit=off", "max_parallel_workers_per_gather=0", "dynamic_shared_memory_type=mmap",
        "log_min_messages=warning", "lc_messages=C", "logging_collector=off", "log_destination=stderr",
    ];

    /// <summary>In a container: the same, but the image makes the user.</summary>
    public static string ContainerInitialisation => string.Join(' ', Data);

    /// <summary>In a container: the same, but it listens, inside.</summary>
    public static IEnumerable<string> ContainerArguments => Arguments(Tuned);

    public static IEnumerable<string> ServerArguments(string sockets) =>
        Arguments([.. SocketOnly, .. Tuned, $"unix_socket_directories={sockets}", $"port={Port}"]);

    private static IEnumerable<string> Arguments(IEnumerable<string> settings) =>
        settings.SelectMany(setting => new[] { "-c", setting });
}
