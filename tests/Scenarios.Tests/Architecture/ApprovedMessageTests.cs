namespace Scenarios.Architecture;

/// <summary>The outbox takes only an ApprovedMessage, and only the place that heard the kernel makes one.</summary>
public sealed class ApprovedMessageTests
{
    [Fact]
    public void An_approved_message_is_constructed_in_one_file()
    {
        var files = All().Where(s => Constructs(s.Text)).Select(s => s.File).ToList();
        Assert.Equal([Path.Combine("src", "MultiMail.Core", "Oversight", "Approval.cs")], files);
    }

    [Fact]
    public void Only_Core_asks_for_one()
    {
        var files = All().Where(s => s.Text.Contains("ApprovedMessage.From(", StringComparison.Ordinal)).Select(s => s.File).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.StartsWith(Path.Combine("src", "MultiMail.Core"), f, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_constructor_is_private_and_its_factory_internal()
    {
        var type = typeof(MultiMail.Core.Oversight.ApprovedMessage);
        Assert.Empty(type.GetConstructors());
        Assert.All(type.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic), c => Assert.True(c.IsPrivate));
        Assert.DoesNotContain(type.GetMethods(), m => m.IsStatic && m.ReturnType == type);
    }

    private static IEnumerable<(string File, string Text)> All() => Sources.Projects().SelectMany(Sources.Of);

    // Inside the type itself a target-typed "new(" would do, too: the file is the type's own.
    private static bool Constructs(string text) =>
        text.Contains("new ApprovedMessage", StringComparison.Ordinal) || text.Contains("class ApprovedMessage", StringComparison.Ordinal);
}
