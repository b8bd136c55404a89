namespace MultiMail.Core.Storage;

/// <summary>Reads of what promotes and demotes a mailbox.</summary>
public interface IEvidenceReads;

/// <summary>Writes of what promotes and demotes a mailbox.</summary>
public interface IEvidenceWrites;
