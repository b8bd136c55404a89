namespace MultiMail.Mail;

/// <summary>A command line cut into verb and rest.</summary>
internal readonly record struct SmtpCommand(string Verb, string Rest)
{
    /// <summary>Verb in upper case; the rest without the blanks around it.</summary>
    public static SmtpCommand Parse(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0
            ? new SmtpCommand(line.ToUpperInvariant(), string.Empty)
            : new SmtpCommand(line[..blank].ToUpperInvariant(), line[blank..].Trim(' '));
    }
}
