global using MultiMail.Core.Storage;
global using Storage.Contract;
