using System.Globalization;

namespace Cairn.Bench;

/// <summary>One line of the result: what was measured, its median and spread, and what it is to reach.</summary>
internal static class Figure
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    public static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
    }

    public static void Print(string name, IReadOnlyList<double> values, string unit, string target)
    {
        var median = Median(values);
        var spread = values.Count > 1 ? $" ({Text(values.Min())} to {Text(values.Max())})" : "";
        Console.WriteLine($"{name,-62} {Text(median),10} {unit}{spread}{(target.Length > 0 ? $"  [{target}]" : "")}");
    }

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture);
}
