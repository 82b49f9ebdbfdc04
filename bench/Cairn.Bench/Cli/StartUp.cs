namespace Cairn.Bench.Cli;

/// <summary>The whole process <c>cairn --version</c>, against an empty program published the same way.</summary>
internal static class StartUp
{
    private const int Rounds = 31;

    public static void Measure()
    {
        var folder = Directory.CreateTempSubdirectory("cairn-bench-");
        var cairn = Binaries.Cairn();
        var empty = Binaries.Empty(folder.FullName);
        List<double> ours = [];
        List<double> bare = [];
        for (var round = -1; round < Rounds; round++)
        {
            var our = Binaries.Time(cairn, "--version") * 1000;
            var none = Binaries.Time(empty) * 1000;
            // The first round brings both into the page cache.
            if (round < 0)
                continue;
            ours.Add(our);
            bare.Add(none);
        }

        Figure.Print("start: cairn --version", ours, "ms", "");
        Figure.Print("start: empty program", bare, "ms", "");
        Figure.Print(
            "start: cairn against empty, medians", [Figure.Median(ours) / Figure.Median(bare)], "", "at most 1.5");
        folder.Delete(recursive: true);
    }
}
