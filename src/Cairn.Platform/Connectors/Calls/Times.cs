using System.Globalization;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>Times as the APIs write them: RFC 3339, UTC.</summary>
internal static class Times
{
    /// <summary>With milliseconds.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
