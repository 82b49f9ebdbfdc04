using System.Globalization;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Flags;

/// <summary>Spans of time on the command line: `30s`, `30m`, `12h`, `7d`.</summary>
internal static class TimeFlag
{
    /// <summary>A span; throws <see cref="CommandFailure"/> (2) for anything else.</summary>
    public static TimeSpan Span(string text)
    {
        var digits = text.AsSpan(0, Math.Max(0, text.Length - 1));
        var number = double.TryParse(digits, CultureInfo.InvariantCulture, out var n);
        TimeSpan? span = (number && n is >= 0 and < 1e6 ? text[^1] : ' ') switch
        {
            's' => TimeSpan.FromSeconds(n),
            'm' => TimeSpan.FromMinutes(n),
            'h' => TimeSpan.FromHours(n),
            'd' => TimeSpan.FromDays(n),
            _ => null,
        };
        return span ?? throw new CommandFailure(
            ExitCode.Usage, $"'{text}' is no span of time", "a number and s, m, h or d: 30m, 12h, 7d");
    }

    /// <summary>The moment that lies so far back, or null when nothing is said.</summary>
    public static DateTimeOffset? Since(Frame frame, string? text) =>
        text is null ? null : frame.Clock.GetUtcNow() - Span(text);
}
