namespace MultiMail.Mail.Tests.Text;

public sealed class AddressLookTests
{
    [Theory]
    [InlineData("paypal.com", "paypa1.com")]
    [InlineData("paypal.com", "pаypal.com")] // Cyrillic а
    [InlineData("microsoft.com", "rnicrosoft.com")]
    [InlineData("google.com", "g00gle.com")]
    [InlineData("google.com", "gοοgle.com")] // Greek ο
    [InlineData("apple.com", "xn--80ak6aa92e.com")] // Cyrillic all through
    [InlineData("carla@example.org", "car1a@example.org")]
    [InlineData("Carla@Example.org", "carla@example.org")]
    [InlineData("oscar@example.org", "оsсаr@example.org")]
    [InlineData("armen.example", "armeո.example")] // Armenian ո
    public void Look_alikes_have_one_skeleton(string one, string other) => Assert.Equal(AddressLook.Skeleton(one), AddressLook.Skeleton(other));

    [Theory]
    [InlineData("paypal.com", "paypals.com")]
    [InlineData("example.org", "example.com")]
    [InlineData("ann@example.org", "anna@example.org")]
    [InlineData("bücher.example", "bucher.example")]
    public void Others_have_another(string one, string other) => Assert.NotEqual(AddressLook.Skeleton(one), AddressLook.Skeleton(other));

    [Theory]
    [InlineData("info@gоogle.example", true)]
    [InlineData("info@xn--ggle-55da.example", true)]
    [InlineData("cаrla@example.org", true)]
    [InlineData("info@пример.example", false)]
    [InlineData("info@bücher.example", false)]
    public void Mixed_alphabets_are_seen(string address, bool mixed) => Assert.Equal(mixed, AddressLook.MixesScripts(address));
}
