using System.Globalization;

namespace CatDog.Web.Features.Runs;

/// <summary>Times and sizes as people read them.</summary>
internal static class RunText
{
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalSeconds: < 1 } => "<1 s",
        { TotalSeconds: < 60 } d => string.Create(CultureInfo.InvariantCulture, $"{d.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } d => string.Create(CultureInfo.InvariantCulture, $"{d.Minutes} min {d.Seconds:00} s"),
        { TotalDays: < 1 } d => string.Create(CultureInfo.InvariantCulture, $"{d.Hours} h {d.Minutes:00} min"),
        { } d => string.Create(CultureInfo.InvariantCulture, $"{d.TotalDays:0.#} days"),
    };

    public static string Bytes(long bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0} MB");

    public static string Moment(DateTime? utc) => utc?.ToLocalTime().ToString("d MMM HH:mm", CultureInfo.InvariantCulture) ?? "–";
}
