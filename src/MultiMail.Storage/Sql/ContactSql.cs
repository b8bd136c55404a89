namespace MultiMail.Storage.Sql;

internal static class ContactSql
{
    private const string Columns = """
        id, account_id, email, name, tags, notes, source, language, machine_evidence, machine_by, machine_at,
        consent_source, consent_at, consent_wording, consent_by, relation_basis, relation_note, relation_by, relation_at,
        created_by, created_at, updated_at, version
        """;

    public const string Insert = $"""
        INSERT INTO contact ({Columns}, address_key)
        VALUES (@id, @account, @email, @name, @tags, @notes, @source, @language, @machineEvidence, @machineBy, @machineAt,
          @consentSource, @consentAt, @consentWording, @consentBy, @relationBasis, @relationNote, @relationBy, @relationAt,
          @createdBy, @createdAt, @updatedAt, @version, @key)
        """;

    public const string Update = """
        UPDATE contact SET email = @email, name = @name, tags = @tags, notes = @notes, source = @source, language = @language,
          machine_evidence = @machineEvidence, machine_by = @machineBy, machine_at = @machineAt,
          consent_source = @consentSource, consent_at = @consentAt, consent_wording = @consentWording, consent_by = @consentBy,
          relation_basis = @relationBasis, relation_note = @relationNote, relation_by = @relationBy, relation_at = @relationAt,
          updated_at = @updatedAt, version = @version, address_key = @key
        WHERE account_id = @account AND id = @id
        """;

    public const string Delete = "DELETE FROM contact WHERE account_id = @account AND id = @id";

    public const string Get = $"SELECT {Columns} FROM contact WHERE account_id = @account AND id = @id";

    public const string OfAddresses = $"""
        SELECT {Columns} FROM contact
        WHERE account_id = @account AND address_key IN (SELECT value FROM json_each(@keys))
        """;

    public const string Page = $"""
        SELECT {Columns} FROM contact WHERE account_id = @account AND id < @before ORDER BY id DESC LIMIT @limit
        """;

    /// <summary>One beginning by the index of words, the others looked up for what it finds. U+10FFFF ends every range.</summary>
    public const string Found = $"""
        SELECT {Columns} FROM contact
        WHERE account_id = @account AND id < @before
          AND id IN (SELECT contact_id FROM contact_word WHERE account_id = @account AND word >= @first AND word < @first || char(1114111))
          AND NOT EXISTS (
            SELECT 1 FROM json_each(@others) o
            WHERE NOT EXISTS (
              SELECT 1 FROM contact_word w
              WHERE w.account_id = @account AND w.contact_id = contact.id AND w.word >= o.value AND w.word < o.value || char(1114111)))
        ORDER BY id DESC LIMIT @limit
        """;

    public const string AddWords = """
        INSERT INTO contact_word (account_id, contact_id, word)
        SELECT @account, @contact, value FROM json_each(@words)
        """;

    public const string RemoveWords = "DELETE FROM contact_word WHERE account_id = @account AND contact_id = @contact";
}
