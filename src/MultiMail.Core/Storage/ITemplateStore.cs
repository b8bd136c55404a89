namespace MultiMail.Core.Storage;

/// <summary>Reads of templates.</summary>
public interface ITemplateReads;

/// <summary>Writes of templates.</summary>
public interface ITemplateWrites;
