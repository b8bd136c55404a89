using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using MultiMail.Core.Node;

namespace MultiMail.Mcp.Protocol;

/// <summary>MCP for the hosts: the same tools, arguments and answers over stdio and HTTP, in every protocol revision.</summary>
public static class McpEdge
{
    public const string Path = "/mcp";

    /// <summary>What <see cref="McpEdgeOptions.Toolsets"/> may name.</summary>
    public static IReadOnlyList<string> ToolsetNames => ToolCatalog.ToolsetNames;

    /// <summary>The server with its tools. Needs a <see cref="NodeHandle"/>; over HTTP the bearer's principal is used unless another source is there.</summary>
    public static IMcpServerBuilder AddMultiMailMcp(this IServiceCollection services, McpEdgeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ServerSetup>();
        services.AddSingleton<IConfigureOptions<McpServerOptions>>(
            s => new ConfigureOptions<McpServerOptions>(s.GetRequiredService<ServerSetup>().Apply));
        return services.AddMcpServer();
    }

    /// <summary>Streamable HTTP: stateless for modern clients, sessions for those that say <c>initialize</c>, keys as bearer.</summary>
    public static void AddMultiMailMcpHttp(this IMcpServerBuilder builder)
    {
        builder.Services.TryAddSingleton<IPrincipalSource, BearerPrincipals>();
        builder.Services.AddSingleton<SessionBook>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, configureOptions: null);
        builder.Services.AddAuthorization();
        builder.WithHttpTransport(o => o.SessionMode = HttpServerSessionMode.StatefulForInitializeClients);
#pragma warning disable MCPEXP002 // The only hook that knows when a session begins and ends.
        builder.Services.AddOptions<HttpServerTransportOptions>().Configure<SessionBook>((o, book) => o.RunSessionHandler = book.RunAsync);
#pragma warning restore MCPEXP002
    }

    /// <summary>
    /// Refuses requests to <see cref="Path"/> from foreign pages and for foreign names (DNS rebinding) before their body is read.
    /// Use before authentication.
    /// </summary>
    /// <param name="allowedHosts">Host header values with port where it is not the scheme's own, e.g. <c>127.0.0.1:8484</c>; asked at each request.</param>
    public static void UseMultiMailMcpGuard(this WebApplication app, Func<IReadOnlyCollection<string>> allowedHosts) =>
        app.UseWhen(c => c.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase), branch => branch.Use(new HttpGuard(allowedHosts).InvokeAsync));

    /// <summary>The endpoint, for authenticated keys only. Needs <c>UseAuthentication</c> and <c>UseAuthorization</c> before it.</summary>
    public static IEndpointConventionBuilder MapMultiMailMcp(this WebApplication app)
    {
        var book = app.Services.GetRequiredService<SessionBook>();
        var policy = new AuthorizationPolicyBuilder(ApiKeyHandler.Scheme).RequireAuthenticatedUser().Build();
        var endpoint = app.MapMcp(Path).RequireAuthorization(policy);
        endpoint.Add(e =>
        {
            e.Metadata.Add(BodyLimit.Instance);
            if (e.RequestDelegate is { } inner)
            {
                e.RequestDelegate = context => book.GuardAsync(context, inner);
            }
        });
        return endpoint;
    }

    /// <summary>
    /// Serves one client over two streams until the input ends, and then at most a second longer, whatever still runs.
    /// Answers the handshake and the local agent's list of tools before the node is ready.
    /// </summary>
    public static Task RunStdioAsync(
        Stream stdin,
        Stream stdout,
        NodeHandle node,
        IPrincipalSource principals,
        McpEdgeOptions options,
        ILoggerFactory loggerFactory,
        CancellationToken cancellationToken)
    {
        var server = new McpServerOptions();
        new ServerSetup(options, node, principals, loggerFactory).Apply(server);
        return StdioServer.RunAsync(stdin, stdout, server, options.Clock, loggerFactory, cancellationToken);
    }
}
