namespace MultiMail.Core.Storage;

/// <summary>Reads of who sends, and where people are notified.</summary>
public interface IProfileReads;

/// <summary>Writes of who sends, and where people are notified.</summary>
public interface IProfileWrites;
