namespace MultiMail.Core.Storage;

/// <summary>Reads of bounces and complaints of a mailbox.</summary>
public interface IReputationReads;

/// <summary>Writes of bounces and complaints of a mailbox.</summary>
public interface IReputationWrites;
