namespace MultiMail.Core.Storage;

/// <summary>Reads of access rules, caps and taint.</summary>
public interface IRuleReads;

/// <summary>Writes of access rules, caps and taint.</summary>
public interface IRuleWrites;
