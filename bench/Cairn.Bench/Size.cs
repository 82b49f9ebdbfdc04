namespace Cairn.Bench;

/// <summary>Bytes of the journal file per durable effect, against the bytes of its request and result.</summary>
internal static class Size
{
    private const int Runs = 100;
    private const int Rounds = 100;

    public static async Task MeasureAsync()
    {
        foreach (var bytes in new[] { 128, 512, 4096 })
        {
            using var lab = new Lab();
            await using (var host = lab.Open(new EchoPerformer(bytes))) await Lab.TimeAsync(host, Runs, Rounds, bytes);
            // Closing has carried the log into the file.
            var perEffect = (double)new FileInfo(lab.Journal).Length / (Runs * Rounds);
            Figure.Print(
                $"journal file per effect, request and result of {bytes} bytes each", [perEffect / (2 * bytes)],
                "times its payload", "at most 2");
        }
    }
}
