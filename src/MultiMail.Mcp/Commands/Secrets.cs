using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary>How a secret comes in without being seen.</summary>
internal static class Secrets
{
    /// <exception cref="SetupException">Nothing was typed.</exception>
    public static string Ask(Shell shell, string prompt)
    {
        if (!shell.Terminal.InputIsPiped)
        {
            shell.Error.Write(prompt);
        }

        return shell.Terminal.ReadSecret() is { Length: > 0 } text
            ? text
            : throw new SetupException("No password was given.", "Type one, or pass it as the first line of stdin.");
    }

    /// <summary>The first line, without blanks around it.</summary>
    /// <exception cref="SetupException">The file cannot be read or is empty.</exception>
    public static string FromFile(FileInfo file)
    {
        try
        {
            using var reader = file.OpenText();
            return reader.ReadLine()?.Trim() is { Length: > 0 } line
                ? line
                : throw new SetupException($"The password file {file} is empty.", "Write the password into its first line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The password file {file} cannot be read: {e.Message}", "Name a file that this user may read.", e);
        }
    }
}
