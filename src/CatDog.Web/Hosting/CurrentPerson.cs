namespace CatDog.Web.Hosting;

/// <summary>Who is deciding. There are no accounts: everybody at this server is the person who started it.</summary>
internal static class CurrentPerson
{
    public static string Name { get; } = Environment.UserName;
}
