namespace MultiMail.Core.Oversight;

/// <summary>The worlds in the words of the wire.</summary>
public static class Worlds
{
    public static string Name(World world) => world is World.Live ? "live" : "test";
}
