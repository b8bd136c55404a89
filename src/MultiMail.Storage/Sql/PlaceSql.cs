namespace MultiMail.Storage.Sql;

/// <summary>Columns outside of messages in which an address may stand. A text is found by itself: no key of its row is needed.</summary>
internal static class PlaceSql
{
    public const string AccountName = "SELECT name FROM account WHERE id = @account";
    public const string SetAccountName = "UPDATE account SET name = CAST(@text AS TEXT) WHERE id = (SELECT id FROM account WHERE id = @account) AND name = CAST(@old AS TEXT)";

    public const string KeyName = "SELECT name FROM api_key WHERE account_id = @account";
    public const string SetKeyName = "UPDATE api_key SET name = CAST(@text AS TEXT) WHERE account_id = @account AND name = CAST(@old AS TEXT)";

    public const string MailboxName = "SELECT display_name FROM mailbox WHERE account_id = @account";
    public const string SetMailboxName = "UPDATE mailbox SET display_name = CAST(@text AS TEXT) WHERE account_id = @account AND display_name = CAST(@old AS TEXT)";

    public const string EventBody = "SELECT body FROM event WHERE account_id = @account";
    public const string SetEventBody = "UPDATE event SET body = @text WHERE account_id = @account AND body = @old";

    public const string JobError = "SELECT last_error FROM outbox WHERE account_id = @account";
    public const string SetJobError = "UPDATE outbox SET last_error = CAST(@text AS TEXT) WHERE account_id = @account AND last_error = CAST(@old AS TEXT)";

    public const string FetchFault = "SELECT reason FROM imap_quarantine WHERE account_id = @account";
    public const string SetFetchFault = "UPDATE imap_quarantine SET reason = CAST(@text AS TEXT) WHERE account_id = @account AND reason = CAST(@old AS TEXT)";

    public const string SigningKeyReason = "SELECT reason FROM signing_key WHERE account_id = @account";
    public const string SetSigningKeyReason = "UPDATE signing_key SET reason = CAST(@text AS TEXT) WHERE account_id = @account AND reason = CAST(@old AS TEXT)";

    public const string SuppressionNote = "SELECT note FROM suppression WHERE account_id = @account";
    public const string SetSuppressionNote = "UPDATE suppression SET note = CAST(@text AS TEXT) WHERE account_id = @account AND note = CAST(@old AS TEXT)";

    public const string LiftEvidence = "SELECT evidence FROM suppression_lifted WHERE account_id = @account";
    public const string SetLiftEvidence = "UPDATE suppression_lifted SET evidence = CAST(@text AS TEXT) WHERE account_id = @account AND evidence = CAST(@old AS TEXT)";

    public const string PauseReason = "SELECT reason FROM pause WHERE account_id = @account";
    public const string SetPauseReason = "UPDATE pause SET reason = CAST(@text AS TEXT) WHERE account_id = @account AND reason = CAST(@old AS TEXT)";

    public const string RequestWords = "SELECT justification FROM change_request WHERE account_id = @account";
    public const string SetRequestWords = "UPDATE change_request SET justification = CAST(@text AS TEXT) WHERE account_id = @account AND justification = CAST(@old AS TEXT)";

    public const string RequestReason = "SELECT reason FROM request_decision WHERE account_id = @account";
    public const string SetRequestReason = "UPDATE request_decision SET reason = CAST(@text AS TEXT) WHERE account_id = @account AND reason = CAST(@old AS TEXT)";

    public const string RuleNote = "SELECT note FROM access_rule WHERE account_id = @account";
    public const string SetRuleNote = "UPDATE access_rule SET note = CAST(@text AS TEXT) WHERE account_id = @account AND note = CAST(@old AS TEXT)";

    public const string TemplateName = "SELECT name FROM template WHERE account_id = @account";
    public const string SetTemplateName = "UPDATE template SET name = CAST(@text AS TEXT) WHERE account_id = @account AND name = CAST(@old AS TEXT)";

    public const string TemplateVersionName = "SELECT name FROM template_version WHERE account_id = @account";
    public const string SetTemplateVersionName = "UPDATE template_version SET name = CAST(@text AS TEXT) WHERE account_id = @account AND name = CAST(@old AS TEXT)";

    public const string TemplateSubject = "SELECT subject FROM template_version WHERE account_id = @account";
    public const string SetTemplateSubject = "UPDATE template_version SET subject = CAST(@text AS TEXT) WHERE account_id = @account AND subject = CAST(@old AS TEXT)";

    public const string TemplateText = "SELECT text FROM template_version WHERE account_id = @account";
    public const string SetTemplateText = "UPDATE template_version SET text = CAST(@text AS TEXT) WHERE account_id = @account AND text = CAST(@old AS TEXT)";

    public const string TemplateHtml = "SELECT html FROM template_version WHERE account_id = @account";
    public const string SetTemplateHtml = "UPDATE template_version SET html = CAST(@text AS TEXT) WHERE account_id = @account AND html = CAST(@old AS TEXT)";

    public const string TemplateMarkdown = "SELECT markdown FROM template_version WHERE account_id = @account";
    public const string SetTemplateMarkdown = "UPDATE template_version SET markdown = CAST(@text AS TEXT) WHERE account_id = @account AND markdown = CAST(@old AS TEXT)";

    public const string TemplateVariables = "SELECT variables FROM template_version WHERE account_id = @account";
    public const string SetTemplateVariables = "UPDATE template_version SET variables = CAST(@text AS TEXT) WHERE account_id = @account AND variables = CAST(@old AS TEXT)";

    public const string NoticeAddress = "SELECT address FROM notice WHERE account_id = @account";
    public const string RemoveNoticeAddress = "DELETE FROM notice WHERE account_id = @account AND address = CAST(@old AS TEXT)";

    public const string AwaitedMessage = "SELECT message_id_hdr FROM awaited_message WHERE account_id = @account";
    public const string RemoveAwaitedMessage = "DELETE FROM awaited_message WHERE account_id = @account AND message_id_hdr = CAST(@old AS TEXT)";

    public const string AnswerKey = "SELECT key FROM idempotency WHERE account_id = @account";
    public const string RemoveAnswerKey = "DELETE FROM idempotency WHERE account_id = @account AND key = CAST(@old AS TEXT)";

    public const string Answer = "SELECT response FROM idempotency WHERE account_id = @account";
    public const string RemoveAnswer = "DELETE FROM idempotency WHERE account_id = @account AND response = CAST(@old AS TEXT)";

    public const string Correspondent = "SELECT address_key FROM correspondent WHERE account_id = @account";
    public const string RemoveCorrespondent = "DELETE FROM correspondent WHERE account_id = @account AND address_key = CAST(@old AS TEXT)";
}
