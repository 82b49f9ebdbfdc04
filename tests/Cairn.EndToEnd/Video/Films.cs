using System.Diagnostics;
using System.Globalization;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Video;

/// <summary>Short videos for tests, made and looked at by ffmpeg.</summary>
internal static class Films
{
    /// <summary>Size in pixels, number of frames, and the time of the last one in seconds.</summary>
    internal sealed record Shape(int Width, int Height, int Frames, double Last);

    /// <summary>Makes a video below the bench's folder.</summary>
    public static async Task FilmAsync(this Workbench bench, string name, params string[] arguments)
    {
        var path = Path.Combine(bench.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments, path]);
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, ffmpeg.ExitCode);
    }

    /// <summary>What a video is.</summary>
    public static async Task<Shape> ShapeAsync(string path)
    {
        var start = new ProcessStartInfo(
            "ffprobe",
            ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height:frame=pts_time", "-of",
                "default=noprint_wrappers=1", path])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var probe = Process.Start(start)!;
        var lines = (await probe.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        double Number(string line) => double.Parse(line[(line.IndexOf('=') + 1)..], CultureInfo.InvariantCulture);
        var times = lines.Where(line => line.StartsWith("pts_time=")).Select(Number).ToList();
        return new Shape(
            (int)Number(lines.First(line => line.StartsWith("width="))),
            (int)Number(lines.First(line => line.StartsWith("height="))),
            times.Count, Math.Round(times[^1] - times[0], 2));
    }
}
