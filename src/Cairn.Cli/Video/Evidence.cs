using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Cli.Video;

/// <summary>What a run leaves for people: its mirror, comparison videos, exports and the summary.</summary>
internal sealed class Evidence(Workshop workshop, VideoTools tools)
{
    /// <summary>
    /// Brings everything below a run's URL into its mirror, and each input beside it. Throws <see
    /// cref="CommandFailure"/> when the mirror does not hold what the store lists.
    /// </summary>
    public async Task<MirrorFolder> StageAsync(
        string datasetUrl, string runUrl, IReadOnlyList<string> videos, MirrorFolder mirror, CancellationToken stop)
    {
        await StageOutputsAsync(runUrl, mirror, stop);
        foreach (var video in videos)
        {
            await workshop.Transfers.Download(
                $"{datasetUrl}/{video}.mp4", null, mirror.At("input"), FileSharing.Clone, stop);
            if (!File.Exists(mirror.Input(video)))
                throw new CommandFailure(ExitCode.NotFound, $"the dataset has no {video}.mp4: {datasetUrl}");
        }

        return mirror;
    }

    /// <summary>The same with inputs that lie on this machine, by stem.</summary>
    public async Task StageAsync(
        string runUrl, MirrorFolder mirror, IReadOnlyDictionary<string, string> inputs, CancellationToken stop)
    {
        await StageOutputsAsync(runUrl, mirror, stop);
        foreach (var (video, path) in inputs)
            File.Copy(path, mirror.Input(video), overwrite: true);
    }

    /// <summary>Renders one comparison video; returns what the program says of it.</summary>
    public static Task<IReadOnlyList<KeyValuePair<string, string>>> CompareAsync(
        VideoTools tools, MirrorFolder mirror, string dataset, string video, int index, CancellationToken stop) =>
        tools.RunAsync(
            "paidf-compare",
            ["--run-local-dir", mirror.Path, "--dataset", dataset, "--video", video, "--aug-index", index.ToString()],
            ExitCode.RunFailed, stop);

    /// <summary>Writes `exports/NAME/coco.json` and `exports/NAME/mot/` for every labeled video.</summary>
    public async Task ExportAsync(MirrorFolder mirror, CancellationToken stop)
    {
        foreach (var labels in mirror.LabelFolders())
            await tools.RunAsync(
                "paidf-export",
                ["--labels", labels, "--output", mirror.At("exports", Path.GetFileName(labels))],
                ExitCode.RunFailed, stop);
    }

    /// <summary>Writes `summary.md` and `summary.json`; returns the media that they name.</summary>
    public static async Task<IReadOnlyList<(string Kind, string Path)>> SummarizeAsync(
        VideoTools tools, MirrorFolder mirror, IReadOnlyList<string> notes, string? attribution, CancellationToken stop)
    {
        List<string> arguments = ["--run-local-dir", mirror.Path];
        if (attribution is not null)
            arguments.AddRange(["--demo", attribution]);
        foreach (var note in notes)
            arguments.AddRange(["--note", note]);
        var answer = await tools.RunAsync("paidf-summary", arguments, ExitCode.RunFailed, stop);
        return [.. answer.Where(line => line.Key == "MEDIA").Select(line => line.Value.Split(' ', 2))
            .Select(parts => (parts[0], parts[1]))];
    }

    /// <summary>Folders below a URL that hold nothing although the run should have filled them.</summary>
    public async Task<IReadOnlyList<string>> EmptyOutputsAsync(
        string runUrl, IReadOnlyList<string> folders, CancellationToken stop)
    {
        var place = await workshop.Stores.Resolve(runUrl + "/", forWrite: false, stop);
        var empty = new List<string>();
        foreach (var folder in folders)
        {
            var page = await place.Store.List(
                new ListQuery { Prefix = $"{place.Prefix}{folder}/", Limit = 1 }, stop);
            if (page.Objects.Count == 0)
                empty.Add($"{runUrl}/{folder}");
        }

        return empty;
    }

    private async Task StageOutputsAsync(string runUrl, MirrorFolder mirror, CancellationToken stop)
    {
        // A run that is not there leaves no empty mirror.
        if (await EmptyOutputsAsync(runUrl, ["setup_b0"], stop) is { Count: > 0 })
            throw new CommandFailure(ExitCode.NotFound, $"there is no run at {runUrl}", "check --dataset and --run-id");
        Directory.CreateDirectory(mirror.At("input"));
        await workshop.Transfers.Download(runUrl + "/", null, mirror.Path, FileSharing.Clone, stop);
        await VerifyAsync(runUrl, mirror, stop);
        mirror.Unnest();
    }

    private async Task VerifyAsync(string runUrl, MirrorFolder mirror, CancellationToken stop)
    {
        var place = await workshop.Stores.Resolve(runUrl + "/", forWrite: false, stop);
        await foreach (var stored in StoreTransfers.All(place.Store, place.Prefix, stop))
        {
            var file = new FileInfo(mirror.At(stored.Key[place.Prefix.Length..]));
            if (!file.Exists || file.Length != stored.Size)
                throw new CommandFailure(
                    ExitCode.RunFailed, $"{file.FullName} is not what {place.Store.Url}/{stored.Key} is: it has "
                    + $"{(file.Exists ? file.Length : 0)} of {stored.Size} bytes",
                    "stage the run again: cairn vda stage");
        }
    }
}
