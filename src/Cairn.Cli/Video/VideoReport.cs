using Cairn.Cli.Terminals;
using Spectre.Console;

namespace Cairn.Cli.Video;

/// <summary>Tells where the evidence of a run lies: one absolute path a line, nothing else in that line.</summary>
internal static class VideoReport
{
    /// <summary>Prints a result.</summary>
    public static void Write(Frame frame, OutputFormat format, VideoRun.Result result)
    {
        var document = new VideoDocument(
            result.Run!.Id, result.Plan.RunId, result.Plan.Flow.Id, result.Plan.Dataset, result.Plan.RunUrl,
            result.Mirror!.Path, result.Mirror.Summary, result.Mirror.SummaryJson,
            [.. result.Media.Select(media => new MediaDocument(media.Kind, media.Path))]);
        new Output(frame.Terminal, format).Write(
            document, VideoJson.Default.VideoDocument, console => Lines(console, document), () => [document.Folder]);
    }

    private static void Lines(IAnsiConsole console, VideoDocument result)
    {
        console.Write(new Text($"{result.RunId} completed; objects at {result.Url}\n"));
        foreach (var media in result.Media)
            console.Write(new Text($"{media.Kind}\n{media.Path}\n"));
        console.Write(new Text($"summary\n{result.Summary}\n{result.SummaryJson}\n"));
        console.Write(new Text($"all of it\n{result.Folder}\n"));
    }
}
