namespace IntegrationKit;

/// <summary>What can go wrong between an application and its database.</summary>
public enum DatabaseFault
{
    /// <summary>Connections are refused, and open ones are cut: the server is down.</summary>
    Refused,

    /// <summary>Open connections are cut in the middle of a statement; new ones work: a restart, a failover.</summary>
    Reset,

    /// <summary>The server accepts and never answers: a hanging network.</summary>
    Silent,

    /// <summary>Statements fail with SQLSTATE 40001, serialization failure: a conflict that a retry solves.</summary>
    SerializationFailure,

    /// <summary>Statements fail with SQLSTATE 40P01, deadlock detected.</summary>
    Deadlock,

    /// <summary>Statements fail with SQLSTATE 57014, cancelled by a statement timeout.</summary>
    StatementTimeout,

    /// <summary>Statements fail with SQLSTATE 53100, disk full.</summary>
    DiskFull,

    /// <summary>Statements fail with SQLSTATE 53300, too many connections.</summary>
    TooManyConnections,

    /// <summary>Statements fail with SQLSTATE 25006, the server is read-only: a standby after a failover.</summary>
    ReadOnly,

    /// <summary>The server ends the session as an administrator would, SQLSTATE 57P01.</summary>
    Terminated,
}
