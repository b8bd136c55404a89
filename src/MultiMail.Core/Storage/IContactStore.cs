namespace MultiMail.Core.Storage;

/// <summary>Reads of contacts.</summary>
public interface IContactReads;

/// <summary>Writes of contacts.</summary>
public interface IContactWrites;
