namespace IntegrationKit.Local;

/// <summary>Settings of a server whose data may be lost at any time: speed over durability, no listener outside its socket.</summary>
internal static class ClusterSettings
{
    public const string User = "postgres";

    /// <summary>Part of the socket's name only; no port is opened.</summary>
    public const int Port = 5432;

    public static readonly string[] InitialisationArguments =
    [
        "-U", User, "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--no-sync", "--wal-segsize=1",
    ];

    public static string Initialisation => string.Join(' ', InitialisationArguments);

    private static readonly string[] Tuned =
    [
        "listen_addresses=", "unix_socket_permissions=0700", "max_connections=400", "max_prepared_transactions=20",
        "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
        "checkpoint_timeout=1h", "max_wal_size=4GB", "shared_buffers=128MB", "autovacuum=off", "bgwriter_lru_maxpages=0",
        "jit=off", "max_parallel_workers_per_gather=0", "dynamic_shared_memory_type=mmap", "log_min_messages=warning",
        "lc_messages=C", "logging_collector=off", "log_destination=stderr",
    ];

    public static IEnumerable<string> ServerArguments(string sockets) =>
        Tuned.Append($"unix_socket_directories={sockets}").Append($"port={Port}").SelectMany(setting => new[] { "-c", setting });
}
