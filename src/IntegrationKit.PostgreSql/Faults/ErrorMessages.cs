using System.Buffers.Binary;
using System.Text;

namespace IntegrationKit.Faults;

/// <summary>ErrorResponse messages as the server would send them.</summary>
internal static class ErrorMessages
{
    public static byte[] For(DatabaseFault fault)
    {
        var (severity, state, text) = fault switch
        {
            DatabaseFault.Deadlock => ("ERROR", "40P01", "deadlock detected"),
            DatabaseFault.StatementTimeout => ("ERROR", "57014", "canceling statement due to statement timeout"),
            DatabaseFault.DiskFull => ("ERROR", "53100", "could not extend file: No space left on device"),
            DatabaseFault.TooManyConnections => ("ERROR", "53300", "sorry, too many clients already"),
            DatabaseFault.ReadOnly => ("ERROR", "25006", "cannot execute statement in a read-only transaction"),
            DatabaseFault.Terminated => ("FATAL", "57P01", "terminating connection due to administrator command"),
            _ => ("ERROR", "40001", "could not serialize access due to concurrent update"),
        };
        var body = Encoding.UTF8.GetBytes($"S{severity}\0V{severity}\0C{state}\0M{text}\0\0");
        var message = new byte[body.Length + 5];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length + 4);
        body.CopyTo(message, 5);
        return message;
    }
}
