using System.Globalization;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Video;

/// <summary>Takes the user's own files: finds the videos, checks each, makes an .mp4 of what is none.</summary>
internal sealed class VideoIntake(Frame frame, VideoTools tools)
{
    private static readonly string[] Suffixes = [".mp4", ".avi", ".mkv", ".mov", ".m4v", ".webm"];

    /// <summary>The seconds of each video to take; all of it without an end.</summary>
    internal sealed record Span(double Start, double? Seconds);

    /// <summary>
    /// Takes a file, or every video of a folder, into <paramref name="folder"/>. Throws <see cref="CommandFailure"/>
    /// (2) for what is no usable video.
    /// </summary>
    public async Task<IReadOnlyList<TakenVideo>> TakeAsync(
        string input, Span span, string folder, CancellationToken stop)
    {
        var files = Files(frame.PathOf(input), input);
        var names = files.ToLookup(file => VideoNames.VideoFrom(Path.GetFileNameWithoutExtension(file)));
        if (names.FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new CommandFailure(
                ExitCode.Usage, $"two videos would be called {twice.Key}: {string.Join(", ", twice)}", "rename one");
        var taken = new List<TakenVideo>();
        foreach (var name in names.OrderBy(name => name.Key, StringComparer.Ordinal))
            taken.Add(await TakeAsync(name.Key, name.Single(), span, folder, stop));
        return taken;
    }

    /// <summary>Names that the videos of an input will have.</summary>
    public static IReadOnlyList<string> Names(Frame frame, string input) =>
    [
        .. Files(frame.PathOf(input), input)
            .Select(file => VideoNames.VideoFrom(Path.GetFileNameWithoutExtension(file)))
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Files(string path, string input)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new CommandFailure(ExitCode.Usage, [new Problem("there is no such file or folder", input)]);
        var found = Directory.EnumerateFiles(path)
            .Where(file => Suffixes.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)
            .ToList();
        return found.Count > 0
            ? found
            : throw new CommandFailure(
                ExitCode.Usage,
                [new Problem($"no video in this folder (looked for {string.Join(", ", Suffixes)})", input)]);
    }

    private static string? NoteOf(string how, string file, Span span) => how switch
    {
        "copied" => null,
        "rewrapped" => $"{file} was rewrapped into .mp4; its pictures are unchanged",
        _ when span.Seconds is { } length => $"{file}: {length:0.###} seconds from second {span.Start:0.###}, as VP9",
        _ when span.Start > 0 => $"{file}: from second {span.Start:0.###}, as VP9",
        _ => $"{file} was converted to VP9: .mp4 does not take its codec",
    };

    private async Task<TakenVideo> TakeAsync(
        string name, string file, Span span, string folder, CancellationToken stop)
    {
        List<string> arguments = ["--input", file, "--output-dir", folder, "--stem", name];
        if (span.Start > 0)
            arguments.AddRange(["--start", span.Start.ToString(CultureInfo.InvariantCulture)]);
        if (span.Seconds is { } seconds)
            arguments.AddRange(["--seconds", seconds.ToString(CultureInfo.InvariantCulture)]);
        var answer = await tools.RunAsync("paidf-ingest", arguments, ExitCode.Usage, stop);
        // `INGESTED how path` and `VIDEO stem N frames …`.
        var how = answer.First(line => line.Key == "INGESTED").Value.Split(' ', 2);
        var frames = answer.First(line => line.Key == "VIDEO").Value.Split(' ')[1];
        var note = NoteOf(how[0], Path.GetFileName(file), span);
        return new TakenVideo(name, how[1], int.Parse(frames, CultureInfo.InvariantCulture), note);
    }
}
