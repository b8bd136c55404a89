namespace MultiMail.Core.Storage;

/// <summary>Reads of what people are told by mail.</summary>
public interface INoticeReads;

/// <summary>Writes of what people are told by mail.</summary>
public interface INoticeWrites;
