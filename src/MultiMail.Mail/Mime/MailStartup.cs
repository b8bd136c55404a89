using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// Character sets must be known before MimeKit is first touched: it probes the code pages once, and big5, euc-kr, gb2312,
/// shift_jis, euc-jp and iso-2022-jp stay broken when they come later. It happens when this assembly
/// is first used, whatever is used first.
/// </summary>
public static class MailStartup
{
    private static readonly bool Registered = RegisterProviders();

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "MimeKit registers the code pages when it is first touched, and who is first wins.")]
    public static void Register() => _ = Registered;

    private static bool RegisterProviders()
    {
        // Ours first: providers are asked in order of registration, and its aliases correct some of the code pages.
        Encoding.RegisterProvider(new CharsetProvider());
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return true;
    }
}
