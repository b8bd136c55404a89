global using Microsoft.AspNetCore.Builder;
global using Microsoft.AspNetCore.Http;
global using Microsoft.AspNetCore.Routing;
global using Microsoft.Extensions.DependencyInjection;
global using MultiMail.Core.Accounts;
global using MultiMail.Core.Errors;
global using MultiMail.Core.Node;
