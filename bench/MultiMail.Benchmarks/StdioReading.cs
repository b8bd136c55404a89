namespace MultiMail.Benchmarks;

/// <summary>One cold start.</summary>
/// <param name="InitializeMs">From before the spawn to the line that answers initialize.</param>
/// <param name="ListMs">From before the spawn to the line that answers tools/list.</param>
/// <param name="CpuMs">Processor time of all threads till then.</param>
/// <param name="PeakMbAtList">Peak resident memory (VmHWM) when the list was there.</param>
/// <param name="PeakMbLater">The same two seconds later: ours opens its store and page only after the first answer.</param>
/// <param name="ListBytes">Length of the list's line.</param>
internal sealed record StdioReading(double InitializeMs, double ListMs, double CpuMs, double PeakMbAtList, double PeakMbLater, int ListBytes);
