using System.Globalization;
using Cairn.Cli.Progress;

namespace Cairn.Cli.Video;

/// <summary>
/// How long a run will take, phase by phase, said before anything is changed. It grows with the clip's length and with
/// the workers over those that run at once.
/// </summary>
internal sealed record Estimate(VideoPlan Plan, int Frames, Pace Pace)
{
    private double Rounds(int workers) => Math.Ceiling(workers / (double)Plan.WorkersAtOnce);

    private double FramesOfOne => Frames / (double)Plan.Videos.Count;

    /// <summary>Seconds of the augmentation stage.</summary>
    public double Augmentation => Plan.Flow.Augments ? Rounds(Plan.Pairs.Count) * FramesOfOne * Pace.AugmentSeconds : 0;

    /// <summary>Seconds of all labeling stages.</summary>
    public double Labeling =>
        (Rounds(Plan.Pairs.Count) + (Plan.Flow.LabelsOriginals ? Rounds(Plan.Videos.Count) : 0))
        * FramesOfOne * Pace.LabelSeconds;

    /// <summary>Seconds of staging, comparison, exports and summary.</summary>
    public double Evidence => Math.Max(Plan.Pairs.Count, Plan.Videos.Count) * FramesOfOne * Pace.EvidenceSeconds;

    /// <summary>All of them.</summary>
    public double Total => Pace.SetupSeconds + Augmentation + Labeling + Evidence;

    /// <summary>Five or six lines for people: what, on which engine, its phases and all of it.</summary>
    public IReadOnlyList<string> Lines()
    {
        var measured = Pace.Runs == 0 ? "from the defaults for two cores" : $"from {Pace.Runs} earlier runs here";
        var lines = new List<string>
        {
            $"{Plan.Flow.Id} on {Plan.Dataset}: {Count(Plan.Videos.Count, "video")}, {Count(Frames, "frame")}"
                + (Plan.Flow.Augments ? $", {Count(Plan.Augmentations, "variant")} each" : "")
                + "; embedded engine on this machine's CPUs, warm: nothing to deploy",
            $"  setup          {Text(Pace.SetupSeconds)}",
        };
        if (Plan.Flow.Augments)
            lines.Add($"  augmentation   {Text(Augmentation)}");
        lines.Add($"  labeling       {Text(Labeling)}");
        lines.Add($"  evidence       {Text(Evidence)}");
        lines.Add($"  in all about   {Text(Total)}, {measured}");
        return lines;
    }

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    private static string Text(double seconds) => Elapsed.Text(TimeSpan.FromSeconds(Math.Max(1, Math.Round(seconds))));
}
