using System.Text.Json;
using Interop.Driving;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Mail;
using MultiMail.Testing;

namespace Interop.Signatures;

/// <summary>The identity header of a delivered message, checked with npm's jose and with our command line against a published key set.</summary>
public sealed class IdentityHeaderTests
{
    [Fact]
    public async Task Jose_verifies_the_header_of_a_delivered_message_and_no_other()
    {
        NodePackages.Needed();
        await using var house = await House.BuildAsync();
        var bytes = await DeliveredAsync(house);
        var keys = Path.Combine(house.Folder, "jwks.json");
        await File.WriteAllBytesAsync(keys, MultiMail.Core.Identity.JsonWebKeys.Write(await house.Node.SigningKeys.PublishedAsync(CancellationToken.None)), TestContext.Current.CancellationToken);
        var field = System.Text.Encoding.ASCII.GetString(RawFields.Split(bytes).Named("X-MultiMail-Identity")[0].ValueBytes);
        var token = string.Concat(field.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

        using var told = JsonDocument.Parse((await VerifyAsync(keys, token)).Good());
        Assert.Equal("mm-agent+jws", told.RootElement.GetProperty("header").GetProperty("typ").GetString());
        var claims = told.RootElement.GetProperty("claims");
        Assert.Equal(("agent", "human"), (claims.GetProperty("agent_id").GetString(), claims.GetProperty("approval").GetString()));

        var parts = token.Split('.');
        Assert.Equal(1, (await VerifyAsync(keys, $"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}")).Code);
    }

    [Fact]
    public async Task The_command_line_verifies_with_a_key_set_and_without_an_installation()
    {
        await using var house = await House.BuildAsync();
        var bytes = await DeliveredAsync(house);
        var folder = Directory.CreateTempSubdirectory("multimail-verify-");
        try
        {
            var nothing = new Dictionary<string, string>(StringComparer.Ordinal) { ["MULTIMAIL_DATA"] = Path.Combine(folder.FullName, "none") };
            var mail = Path.Combine(folder.FullName, "m.eml");
            var keys = Path.Combine(folder.FullName, "jwks.json");
            await File.WriteAllBytesAsync(mail, bytes, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(keys, MultiMail.Core.Identity.JsonWebKeys.Write(await house.Node.SigningKeys.PublishedAsync(CancellationToken.None)), TestContext.Current.CancellationToken);
            Task<Finished> TypeAsync(params string[] line) => Executable.RunAsync(Executable.MultiMail, nothing, ["verify", .. line]);

            Assert.Equal(0, (await TypeAsync(mail, "--keys", keys, "--offline")).Code);
            Assert.Equal(2, (await TypeAsync(mail, "--offline")).Code);
            Assert.Equal(64, (await TypeAsync(mail, "--keys", mail, "--offline")).Code);
            Assert.False(Directory.Exists(nothing["MULTIMAIL_DATA"]));
            await File.WriteAllBytesAsync(mail, [.. bytes, .. "more\r\n"u8], TestContext.Current.CancellationToken);
            Assert.Equal(1, (await TypeAsync(mail, "--keys", keys, "--offline")).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Finished> VerifyAsync(string keys, string token)
    {
        using var process = NodePackages.StartScript("identity.mjs", new Dictionary<string, string>(StringComparer.Ordinal), keys, token);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Finished(process.ExitCode, output, await error);
    }

    private static async Task<byte[]> DeliveredAsync(House house)
    {
        var receipt = await house.Node.Submissions.SendAsync(
            house.Agent, new Submission { From = MultiMail.Core.Node.Installation.AgentAddress, To = [MultiMail.Core.Node.Installation.PersonAddress], Subject = "Hello", Text = "Hi." }, CancellationToken.None);
        await house.Node.Decisions.ApproveAsync(house.Person, new DecisionRequest(receipt.MessageId, null, null), CancellationToken.None);
        await house.DeliverAsync();
        var list = await house.Node.Inbox.ListAsync(house.Person, new InboxRequest { Mailbox = MultiMail.Core.Node.Installation.PersonAddress }, CancellationToken.None);
        Assert.True(house.Node.Ids.TryParse<MultiMail.Core.Ids.MessageId>(list.Messages[0].MessageId, out var id));
        var message = await house.Node.Store.MessageAsync(house.Person.Account, id, CancellationToken.None);
        return (await house.Node.Store.RawAsync(house.Person.Account, message!.RawSha256, CancellationToken.None))!; // it was just listed
    }
}
