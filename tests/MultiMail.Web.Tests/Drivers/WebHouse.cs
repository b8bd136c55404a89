using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MultiMail.Core.Node;

namespace MultiMail.Web.Tests.Drivers;

/// <summary>A house with its web listener: Kestrel on a free loopback port.</summary>
public sealed class WebHouse : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly KeptLogs _logs;

    private WebHouse(House house, WebApplication app, KeptLogs logs, Uri address)
    {
        House = house;
        _app = app;
        _logs = logs;
        Address = address;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    }

    public House House { get; }

    public Uri Address { get; }

    /// <summary>Neither follows redirects nor keeps cookies.</summary>
    public HttpClient Http { get; }

    public MultiMailNode Node => House.Node;

    /// <summary>What was logged as an error, with its exception; taken from the log, so that the end of the test does not fail for it.</summary>
    public IReadOnlyList<string> TakeErrors() => _logs.TakeErrors();

    public IReadOnlyList<RouteEndpoint> Routes =>
        [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

    /// <param name="handle">Another handle than that of the started node.</param>
    /// <param name="more">Endpoints of the test's own.</param>
    /// <param name="options">As <see cref="House.BuildAsync"/> takes them.</param>
    public static async Task<WebHouse> OpenAsync(NodeHandle? handle = null, Action<WebApplication>? more = null, Func<byte[], CoreOptions>? options = null)
    {
        var house = await House.BuildAsync(options);
        var logs = new KeptLogs();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(handle ?? house.Handle).AddSingleton<TimeProvider>(house.Clock).AddMultiMailWeb();
        var app = builder.Build();
        app.UseMultiMailWebGuards(() => ["127.0.0.1", "localhost"]);
        app.MapMultiMailWeb();
        more?.Invoke(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        house.Node.Options.PublicUrl = address;
        return new WebHouse(house, app, logs, new Uri(address));
    }

    /// <summary>REST with a new key of these scopes.</summary>
    public async Task<RestClient> RestAsync(string scopes, string env = "live", params string[] mailboxes) =>
        new(Http, (await House.KeyAsync(scopes, env, mailboxes)).Secret);

    public Browser Browser() => new(Http);

    /// <summary>A browser that the installation's person has signed in with, and given a password.</summary>
    public async Task<Browser> SignedInAsync()
    {
        if (!await Node.People.AnySignedUpAsync(CancellationToken.None))
        {
            await Node.People.SetCredentialsAsync(House.Person, Person.Email, Person.Password, CancellationToken.None);
        }

        var browser = Browser();
        var form = await browser.GetAsync("/login");
        var entered = await browser.SubmitAsync(form, "/login", ("email", Person.Email), ("password", Person.Password));
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await House.DisposeAsync();
        _logs.Dispose();
        var errors = _logs.TakeErrors();
        if (errors.Count > 0)
        {
            Assert.Fail($"Errors were logged:\n{string.Join("\n", errors)}");
        }
    }

    private sealed class KeptLogs : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _errors = new();

        public List<string> TakeErrors()
        {
            var taken = new List<string>();
            while (_errors.TryDequeue(out var error))
            {
                taken.Add(error);
            }

            return taken;
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                _errors.Enqueue($"{formatter(state, exception)}\n{exception}");
            }
        }

        public void Dispose()
        {
            // nothing is held
        }
    }
}

/// <summary>How the test's person signs in.</summary>
public static class Person
{
    public const string Email = "ada@example.org";
    public const string Password = "correct horse battery";
}
