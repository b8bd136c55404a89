using System.Runtime.CompilerServices;

namespace MultiMail.Mail.Tests;

/// <summary>Some tests use MimeKit beside our code; ours has to be there first, as in the product.</summary>
internal static class BeforeMimeKit
{
    [ModuleInitializer]
    internal static void Register() => MailStartup.Register();
}
