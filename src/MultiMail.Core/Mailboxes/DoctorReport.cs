namespace MultiMail.Core.Mailboxes;

/// <param name="CanSend">Nothing that is set up keeps mail from leaving.</param>
/// <param name="Domains">With the records to publish and what DNS says now.</param>
public sealed record DoctorReport(bool CanSend, IReadOnlyList<DoctorFinding> Findings, IReadOnlyList<DomainView> Domains);

/// <param name="Area">What it is about: <c>relay</c>, <c>mailbox</c>, <c>domain</c>, <c>secrets</c> and so on.</param>
/// <param name="State">One of <see cref="DoctorStates"/>.</param>
/// <param name="Sentence">Holds no secret.</param>
/// <param name="Fix">What to do; null when nothing is to be done.</param>
public sealed record DoctorFinding(string Area, string State, string Sentence, string? Fix)
{
    public static DoctorFinding Ok(string area, string sentence) => new(area, DoctorStates.Ok, sentence, null);

    public static DoctorFinding Info(string area, string sentence, string? fix = null) => new(area, DoctorStates.Info, sentence, fix);

    public static DoctorFinding Warn(string area, string sentence, string fix) => new(area, DoctorStates.Warning, sentence, fix);

    public static DoctorFinding Fail(string area, string sentence, string fix) => new(area, DoctorStates.Failure, sentence, fix);
}

public static class DoctorStates
{
    public const string Ok = "ok";
    public const string Info = "info";
    public const string Warning = "warning";

    /// <summary>Mail cannot leave as it is set up.</summary>
    public const string Failure = "failure";
}
