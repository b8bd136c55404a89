namespace MultiMail.TransparencyLog;

/// <summary>One thing wrong with a log.</summary>
/// <param name="Path">The file: a tile, an entry bundle, or <c>checkpoint</c>.</param>
/// <param name="Index">The first entry concerned, where one can be named.</param>
/// <param name="Problem">What is wrong, in words.</param>
public sealed record TiledLogFault(string Path, long? Index, string Problem);
