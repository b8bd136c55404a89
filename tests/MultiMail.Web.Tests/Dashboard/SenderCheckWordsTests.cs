using MultiMail.Core.Inbound;
using MultiMail.Web.Dashboard;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class SenderCheckWordsTests
{
    [Theory]
    [InlineData("smtp", "example.org", true, "example.org vouches for it. SPF pass, DKIM none, DMARC fail.")]
    [InlineData("smtp", "example.org", false, "Nothing proves that example.org sent it. SPF pass, DKIM none, DMARC fail.")]
    [InlineData("imap", null, false, "Nobody vouches for it. SPF pass, DKIM none, DMARC fail.")]
    [InlineData("local", "multimail.localhost", true, "From a mailbox of this server.")]
    public void A_person_reads_who_stands_behind_a_message(string origin, string? domain, bool aligned, string expected) =>
        Assert.Equal(expected, Words.SenderCheck(new AuthenticationView(origin, "pass", "none", "fail", domain, aligned)));
}
