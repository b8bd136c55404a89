using MultiMail.Mcp.Hosting;

namespace Scenarios.Hosting;

public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimail-settings-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    [Fact]
    public void Nothing_set_gives_the_defaults_of_the_contract()
    {
        var settings = Load();
        Assert.Equal(new Uri("http://127.0.0.1:8484"), settings.Listen);
        Assert.False(settings.ListenChosen);
        Assert.Equal(Path.Combine(_folder.FullName, "multimail.db"), settings.DatabasePath);
        Assert.Equal(Path.Combine(_folder.FullName, "master.key"), settings.MasterKeyFile);
        Assert.Null(settings.PublicUrl);
        Assert.Null(settings.Toolsets);
        Assert.False(settings.ReadOnly);
        Assert.Null(settings.ApiKey);
    }

    [Fact]
    public void The_environment_wins_over_the_file_and_the_file_over_the_defaults()
    {
        Write("""{ "listen": "http://127.0.0.1:1111", "public_url": "https://file.example.com", "read_only": true, "toolsets": ["core", "audit"] }""");
        _environment["MULTIMAIL_LISTEN"] = "http://127.0.0.1:2222";
        _environment["MULTIMAIL_PUBLIC_URL"] = "   ";
        var settings = Load();
        Assert.Equal(2222, settings.Listen.Port);
        Assert.True(settings.ListenChosen);
        Assert.Equal("https://file.example.com", Links.Base(settings.PublicUrl!));
        Assert.True(settings.ReadOnly);
        Assert.Equal(["core", "audit"], settings.Toolsets);
    }

    [Theory]
    [InlineData("MULTIMAIL_DATABASE", "postgres://host/db")]
    [InlineData("MULTIMAIL_DATABASE", "litedb:mail.db")]
    [InlineData("MULTIMAIL_DATABASE", "sqlite:")]
    [InlineData("MULTIMAIL_LISTEN", "127.0.0.1:8484")]
    [InlineData("MULTIMAIL_LISTEN", "https://127.0.0.1:8484")]
    [InlineData("MULTIMAIL_LISTEN", "http://mail.example.com:8484")]
    [InlineData("MULTIMAIL_LISTEN", "http://127.0.0.1:8484/path")]
    [InlineData("MULTIMAIL_PUBLIC_URL", "ftp://mail.example.com")]
    [InlineData("MULTIMAIL_PUBLIC_URL", "https://user:secret@mail.example.com")]
    [InlineData("MULTIMAIL_READ_ONLY", "perhaps")]
    [InlineData("MULTIMAIL_SMTP_URL", "smtp://ann:secret@smtp.example.com:587")]
    [InlineData("MULTIMAIL_SMTP_URL", "secret")]
    [InlineData("MULTIMAIL_IMAP_URL", "imap://ann:secret@imap.example.com")]
    [InlineData("MULTIMAIL_IMAP_URL", "imaps://ann:secret#@imap.example.com")]
    public void A_value_that_cannot_be_used_is_refused_by_name(string name, string value)
    {
        _environment[name] = value;
        var refused = Assert.Throws<SetupException>(Load);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused + refused.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "lisen": "x" }""", "lisen")]
    [InlineData("""{ "api_key": "mm_live_x" }""", "api_key")]
    [InlineData("""{ "listen": 8484 }""", "listen")]
    [InlineData("""{ "listen": "a", "listen": "b" }""", "multimail.json")]
    [InlineData("""{ "listen": """, "multimail.json")]
    [InlineData("""[]""", "multimail.json")]
    public void A_settings_file_that_cannot_be_understood_is_refused(string text, string names)
    {
        Write(text);
        Assert.Contains(names, Assert.Throws<SetupException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relay_and_source_come_from_environment_or_file_and_are_never_printed()
    {
        Write("""{ "smtp_url": "smtps://ann@example.com:canary@smtp.file.example:465", "imap_url": "imaps://ann@example.com:canary@imap.file.example" }""");
        _environment["MULTIMAIL_SMTP_URL"] = "smtp://ann%40example.com:canary@smtp.example.com:587?starttls=required";
        var settings = Load();
        Assert.Equal(("smtp.example.com", "canary"), (settings.Relay!.Host, settings.Relay.Secret));
        Assert.Equal(("imap.file.example", "ann@example.com"), (settings.Source!.Host, settings.Source.User));
        Assert.Contains(new SettingOrigin("MULTIMAIL_IMAP_URL", FromFile: true), settings.Origins);
        Assert.DoesNotContain("canary", settings.ToString() + settings.Relay + settings.Source + string.Concat(settings.Origins), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_database_lies_in_the_data_folder()
    {
        _environment["MULTIMAIL_DATABASE"] = "sqlite:other.db";
        Assert.Equal(Path.Combine(_folder.FullName, "other.db"), Load().DatabasePath);
    }

    [Fact]
    public void The_option_wins_over_the_environment()
    {
        _environment["MULTIMAIL_DATA"] = "/elsewhere";
        Assert.Equal(_folder.FullName, DataFolder.Choose(_folder.FullName, _environment).Root);
        Assert.Equal("/elsewhere", DataFolder.Choose(null, _environment).Root);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Settings Load() => Settings.Load(DataFolder.Choose(_folder.FullName, _environment), _environment);

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder.FullName, "multimail.json"), text);
}
