global using System.Net;
global using System.Text.Json;
global using MultiMail.Testing;
global using MultiMail.Web.Tests.Drivers;
