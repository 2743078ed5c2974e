using MudBlazor;

namespace CatDog.Web.Components.Layout;

/// <summary>Colours and type for MudBlazor's parts; the same tokens stand in css/app.css for our own.</summary>
internal static class CatDogTheme
{
    private static readonly string[] Font = ["Inter", "system-ui", "Segoe UI", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#b4471f",
            Secondary = "#1f6f78",
            Success = "#2e7d4f",
            Warning = "#9a6700",
            Error = "#b3261e",
            Info = "#2a5db0",
            Background = "#faf7f3",
            Surface = "#ffffff",
            TextPrimary = "#241f1b",
            TextSecondary = "#5f564e",
            ActionDefault = "#5f564e",
            Divider = "#e7dfd6",
            LinesDefault = "#e7dfd6",
            LinesInputs = "#b9aea3",
            TableLines = "#eee7df",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#ff9b6a",
            PrimaryContrastText = "#2b1206",
            Secondary = "#6cc4cd",
            SecondaryContrastText = "#06282b",
            Success = "#7fd19c",
            Warning = "#f0c05a",
            Error = "#ff8a80",
            Info = "#8fb8ff",
            Background = "#161311",
            Surface = "#201c19",
            TextPrimary = "#f3ece5",
            TextSecondary = "#b8ada3",
            ActionDefault = "#b8ada3",
            Divider = "#3a332d",
            LinesDefault = "#3a332d",
            LinesInputs = "#6b6057",
            TableLines = "#332d28",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "0.9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Font, FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
    };
}
