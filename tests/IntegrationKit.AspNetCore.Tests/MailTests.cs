using System.Net.Mail;
using System.Text;
using IntegrationKit.Mailing;

namespace IntegrationKit;

public sealed class MailTests
{
    [Fact]
    public async Task Subject_text_and_blind_copies_arrive_as_they_were_meant()
    {
        await using var server = new SmtpServer();
        using var client = new SmtpClient("127.0.0.1", server.Port);
        using var message = new MailMessage("shop@example.com", "ann@example.com", "Grüße – your order ✓ and a subject that is longer than one line can hold", "Über 100 €\n.\nEnd");
        message.Bcc.Add("archive@example.com");
        message.BodyEncoding = Encoding.UTF8;

        await client.SendMailAsync(message, TestContext.Current.CancellationToken);

        var mail = server.Messages.Should().ContainSingle().Subject;
        mail.Subject.Should().Be("Grüße – your order ✓ and a subject that is longer than one line can hold");
        mail.Text.ReplaceLineEndings("\n").Should().Be("Über 100 €\n.\nEnd");
        mail.To.Should().Equal("ann@example.com", "archive@example.com");
    }

    [Fact]
    public async Task Of_a_message_in_parts_the_text_is_taken()
    {
        await using var server = new SmtpServer();
        using var client = new SmtpClient("127.0.0.1", server.Port);
        using var message = new MailMessage("shop@example.com", "ann@example.com", "Invoice", "See the file.");
        message.Attachments.Add(Attachment.CreateAttachmentFromString("1,2", "lines.csv"));

        await client.SendMailAsync(message, TestContext.Current.CancellationToken);

        server.Messages.Single().Text.Should().Be("See the file.");
    }

    [Fact]
    public async Task The_next_test_has_an_empty_box()
    {
        await using var server = new SmtpServer();
        var seen = new List<SentMail>();
        server.Begin(seen.Add);
        using var client = new SmtpClient("127.0.0.1", server.Port);
        await client.SendMailAsync("a@example.com", "b@example.com", "one", "", TestContext.Current.CancellationToken);

        server.Begin(_ => { });

        seen.Should().ContainSingle();
        server.Messages.Should().BeEmpty();
    }
}
