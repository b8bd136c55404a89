namespace MultiMail.Mcp.Commands;

/// <summary>What a command reads and writes. The process's own console is reached in Program.cs alone.</summary>
/// <param name="StandardInput">Raw stdin, for MCP.</param>
/// <param name="StandardOutput">Raw stdout, for MCP: <paramref name="Out"/> must not be used beside it.</param>
/// <param name="InputIsPiped">Nobody types here.</param>
/// <param name="ReadSecret">Reads a line without showing it; from a pipe, the next line. Null at the end of input.</param>
internal sealed record Terminal(
    TextWriter Out, TextWriter Error, Stream StandardInput, Stream StandardOutput, bool InputIsPiped, Func<string?> ReadSecret);
