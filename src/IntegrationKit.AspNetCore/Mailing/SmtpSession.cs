using System.Text;

namespace IntegrationKit.Mailing;

/// <summary>One connection of RFC 5321, as far as clients use it towards a server that takes everything.</summary>
internal sealed class SmtpSession(Stream stream, Action<SentMail> deliver) : IDisposable
{
    private const int LargestMessage = 32 * 1024 * 1024;
    private readonly StreamReader reader = new(stream, Encoding.Latin1);
    private readonly List<string> recipients = [];
    private string sender = "";

    public void Dispose() => reader.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SayAsync("220 localhost ready", cancellationToken).ConfigureAwait(false);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            if (verb == "DATA")
            {
                await TakeAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (verb == "AUTH")
            {
                await SignInAsync(line, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SayAsync(Answer(verb, line), cancellationToken).ConfigureAwait(false);
            }

            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    private string Answer(string verb, string line)
    {
        switch (verb)
        {
            case "EHLO":
                return $"250-localhost\r\n250-SIZE {LargestMessage}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN";
            case "MAIL":
                sender = Address(line);
                recipients.Clear();
                return "250 OK";
            case "RCPT":
                recipients.Add(Address(line));
                return "250 OK";
            case "RSET":
                recipients.Clear();
                return "250 OK";
            case "HELO" or "NOOP" or "VRFY":
                return "250 OK";
            case "QUIT":
                return "221 Bye";
            default:
                return "502 Not implemented";
        }
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (recipients.Count == 0)
        {
            await SayAsync("503 No recipient", cancellationToken).ConfigureAwait(false);
            return;
        }

        await SayAsync("354 Go ahead", cancellationToken).ConfigureAwait(false);
        var raw = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line && line != ".")
        {
            if (raw.Length < LargestMessage)
            {
                raw.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }
        }

        deliver(MailText.Read(sender, [.. recipients], raw.ToString()));
        recipients.Clear();
        await SayAsync("250 Taken", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Any name and password will do.</summary>
    private async Task SignInAsync(string line, CancellationToken cancellationToken)
    {
        var login = line.Contains("LOGIN", StringComparison.OrdinalIgnoreCase);
        var given = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length - 2;
        for (var prompt = given; prompt < (login ? 2 : 1); prompt++)
        {
            await SayAsync(login ? prompt == 0 ? "334 VXNlcm5hbWU6" : "334 UGFzc3dvcmQ6" : "334 ", cancellationToken).ConfigureAwait(false);
            await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }

        await SayAsync("235 Welcome", cancellationToken).ConfigureAwait(false);
    }

    private static string Address(string line)
    {
        var (from, to) = (line.IndexOf('<', StringComparison.Ordinal), line.IndexOf('>', StringComparison.Ordinal));
        return from >= 0 && to > from ? line[(from + 1)..to] : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private ValueTask SayAsync(string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), cancellationToken);
}
