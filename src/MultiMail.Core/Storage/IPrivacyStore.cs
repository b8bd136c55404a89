namespace MultiMail.Core.Storage;

/// <summary>Reads of export, erasure and retention of one address.</summary>
public interface IPrivacyReads;

/// <summary>Writes of export, erasure and retention of one address.</summary>
public interface IPrivacyWrites;
