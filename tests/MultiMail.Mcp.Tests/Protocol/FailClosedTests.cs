using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Mcp.Protocol;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Protocol;

public sealed class FailClosedTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_that_names_no_scope_is_neither_listed_nor_run(bool scopesKnown)
    {
        await using var house = await House.BuildAsync();
        var ran = false;
        var options = new McpServerOptions();
        var source = new OnePrincipal(house.Person, scopesKnown ? Scopes.Read | Scopes.Send | Scopes.Admin | Scopes.Oversight : null);
        new ServerSetup(new McpEdgeOptions(), house.Handle, source, NullLoggerFactory.Instance).Apply(options);
        options.ToolCollection!.Add(McpServerTool.Create(() => ran = true, new McpServerToolCreateOptions { Name = "bare" }));
        var (input, output) = (new Pipe(), new Pipe());
        var server = StdioServer.RunAsync(
            input.Reader.AsStream(), output.Writer.AsStream(), options, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await using (var client = await McpClient.CreateAsync(
            new StreamClientTransport(input.Writer.AsStream(), output.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken))
        {
            var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
            var result = await client.CallToolAsync("bare", cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(17, tools.Count);
            Assert.True(result.IsError);
            Assert.Equal("scope_missing", result.StructuredContent!.Value.GetProperty("code").GetString());
        }

        await input.Writer.CompleteAsync();
        await server.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(ran);
    }
}
