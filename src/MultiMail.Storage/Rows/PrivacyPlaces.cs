namespace MultiMail.Storage.Rows;

/// <summary>The statements of each place.</summary>
internal static class PrivacyPlaces
{
    public static string Texts(TextPlace place) => place switch
    {
        TextPlace.AccountName => PlaceSql.AccountName,
        TextPlace.KeyName => PlaceSql.KeyName,
        TextPlace.MailboxName => PlaceSql.MailboxName,
        TextPlace.EventBody => PlaceSql.EventBody,
        TextPlace.JobError => PlaceSql.JobError,
        TextPlace.FetchFault => PlaceSql.FetchFault,
        TextPlace.SigningKeyReason => PlaceSql.SigningKeyReason,
        TextPlace.SuppressionNote => PlaceSql.SuppressionNote,
        TextPlace.LiftEvidence => PlaceSql.LiftEvidence,
        TextPlace.PauseReason => PlaceSql.PauseReason,
        TextPlace.RequestWords => PlaceSql.RequestWords,
        TextPlace.RequestReason => PlaceSql.RequestReason,
        TextPlace.RuleNote => PlaceSql.RuleNote,
        TextPlace.TemplateName => PlaceSql.TemplateName,
        TextPlace.TemplateVersionName => PlaceSql.TemplateVersionName,
        TextPlace.TemplateSubject => PlaceSql.TemplateSubject,
        TextPlace.TemplateText => PlaceSql.TemplateText,
        TextPlace.TemplateHtml => PlaceSql.TemplateHtml,
        TextPlace.TemplateMarkdown => PlaceSql.TemplateMarkdown,
        TextPlace.TemplateVariables => PlaceSql.TemplateVariables,
        TextPlace.NoticeAddress => PlaceSql.NoticeAddress,
        TextPlace.AwaitedMessage => PlaceSql.AwaitedMessage,
        TextPlace.AnswerKey => PlaceSql.AnswerKey,
        TextPlace.Answer => PlaceSql.Answer,
        TextPlace.Correspondent => PlaceSql.Correspondent,
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "Not a place."),
    };

    /// <summary>Null where the rows go.</summary>
    public static string? Set(TextPlace place) => place switch
    {
        TextPlace.AccountName => PlaceSql.SetAccountName,
        TextPlace.KeyName => PlaceSql.SetKeyName,
        TextPlace.MailboxName => PlaceSql.SetMailboxName,
        TextPlace.EventBody => PlaceSql.SetEventBody,
        TextPlace.JobError => PlaceSql.SetJobError,
        TextPlace.FetchFault => PlaceSql.SetFetchFault,
        TextPlace.SigningKeyReason => PlaceSql.SetSigningKeyReason,
        TextPlace.SuppressionNote => PlaceSql.SetSuppressionNote,
        TextPlace.LiftEvidence => PlaceSql.SetLiftEvidence,
        TextPlace.PauseReason => PlaceSql.SetPauseReason,
        TextPlace.RequestWords => PlaceSql.SetRequestWords,
        TextPlace.RequestReason => PlaceSql.SetRequestReason,
        TextPlace.RuleNote => PlaceSql.SetRuleNote,
        TextPlace.TemplateName => PlaceSql.SetTemplateName,
        TextPlace.TemplateVersionName => PlaceSql.SetTemplateVersionName,
        TextPlace.TemplateSubject => PlaceSql.SetTemplateSubject,
        TextPlace.TemplateText => PlaceSql.SetTemplateText,
        TextPlace.TemplateHtml => PlaceSql.SetTemplateHtml,
        TextPlace.TemplateMarkdown => PlaceSql.SetTemplateMarkdown,
        TextPlace.TemplateVariables => PlaceSql.SetTemplateVariables,
        _ => null,
    };

    public static string? Remove(TextPlace place) => place switch
    {
        TextPlace.NoticeAddress => PlaceSql.RemoveNoticeAddress,
        TextPlace.AwaitedMessage => PlaceSql.RemoveAwaitedMessage,
        TextPlace.AnswerKey => PlaceSql.RemoveAnswerKey,
        TextPlace.Answer => PlaceSql.RemoveAnswer,
        TextPlace.Correspondent => PlaceSql.RemoveCorrespondent,
        _ => null,
    };
}
