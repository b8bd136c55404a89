namespace MultiMail.Core.Storage;

/// <summary>Reads of changes that wait for a person.</summary>
public interface IRequestReads;

/// <summary>Writes of changes that wait for a person.</summary>
public interface IRequestWrites;
