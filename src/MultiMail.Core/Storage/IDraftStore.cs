namespace MultiMail.Core.Storage;

/// <summary>Reads of drafts, edits and their sources.</summary>
public interface IDraftReads;

/// <summary>Writes of drafts, edits and their sources.</summary>
public interface IDraftWrites;
