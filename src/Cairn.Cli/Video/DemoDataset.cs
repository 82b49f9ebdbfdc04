using System.Net;
using System.Text.Json;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Video;

/// <summary>
/// The reference's demo dataset, for a run without input: the only clips that are ever fetched. `./demo` does not use
/// it.
/// </summary>
internal sealed class DemoDataset(Frame frame)
{
    private const string Own = "nvidia/video-data-augmentation-demo";
    private const string PublicHost = "https://huggingface.co";
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly string _host = (frame.Environment("HF_ENDPOINT") is { Length: > 0 } own ? own : PublicHost)
        .TrimEnd('/');

    /// <summary>What was downloaded.</summary>
    /// <param name="Folder">The folder with the videos, flat.</param>
    /// <param name="Attribution">Where they come from, in words for the summary.</param>
    internal sealed record Download(string Folder, string Attribution);

    /// <summary>
    /// Downloads the demo's videos into a folder of <paramref name="work"/>. Throws
    /// <see cref="CommandFailure"/>: 3 when the host cannot be reached, 5 when it denies access.
    /// </summary>
    public async Task<Download> DownloadAsync(string work, CancellationToken stop)
    {
        var repository = Variable("HF_DEMO_DATASET_REPO", Own);
        if (repository != Own && frame.Environment("ALLOW_NON_VDA_DEMO_DATASET") != "1")
            throw new CommandFailure(
                ExitCode.Precondition, $"{repository} is not the demo's own dataset ({Own})",
                "ALLOW_NON_VDA_DEMO_DATASET=1 allows it");
        var revision = Variable("HF_DEMO_DATASET_REVISION", "main");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        if ((frame.Environment("HF_TOKEN") ?? frame.Environment("HUGGING_FACE_HUB_TOKEN")) is { Length: > 0 } token)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var paths = await ListAsync(client, repository, revision, stop);
        var folder = Path.Combine(work, "demo");
        Directory.CreateDirectory(folder);
        foreach (var path in paths)
        {
            var address = $"{_host}/datasets/{repository}/resolve/{revision}/{Escaped(path)}";
            await FetchAsync(client, address, Path.Combine(folder, Path.GetFileName(path)), stop);
        }

        foreach (var path in paths)
            frame.Terminal.Error.WriteLine($"prepared {Path.GetFileName(path)}");
        var attribution = $"{paths.Count} {(paths.Count == 1 ? "video" : "videos")} of the demo dataset {repository}, "
            + $"revision {revision}";
        frame.Terminal.Error.WriteLine($"input: {attribution}");
        return new Download(folder, attribution);
    }

    private async Task<List<string>> ListAsync(
        HttpClient client, string repository, string revision, CancellationToken stop)
    {
        var found = new List<string>();
        var folders = new Queue<string>([Variable("HF_DEMO_DATASET_SUBDIR", "").Trim('/')]);
        while (folders.TryDequeue(out var folder))
        {
            var below = folder.Length > 0 ? "/" + Escaped(folder) : "";
            var address = $"{_host}/api/datasets/{repository}/tree/{revision}{below}";
            foreach (var (path, isFolder) in Entries(await AskAsync(client, address, stop), address))
                if (isFolder)
                    folders.Enqueue(path);
                else if (path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
                    found.Add(path);
        }

        if (found.Count == 0)
            throw new CommandFailure(ExitCode.NotFound, $"{repository} holds no .mp4");
        if (found.GroupBy(path => Path.GetFileName(path)).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new CommandFailure(
                ExitCode.Usage, $"{repository} holds {twice.Key} twice", "narrow it with HF_DEMO_DATASET_SUBDIR");
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static List<(string Path, bool IsFolder)> Entries(string text, string address)
    {
        try
        {
            using var entries = JsonDocument.Parse(text);
            return [.. entries.RootElement.EnumerateArray().Select(entry =>
                (entry.GetProperty("path").GetString()!, entry.GetProperty("type").GetString() == "directory"))];
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CommandFailure(ExitCode.Precondition, $"{address} answered with something that is no listing");
        }
    }

    private async Task<string> AskAsync(HttpClient client, string address, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(address, stop);
            Check(answer, address);
            return await answer.Content.ReadAsStringAsync(stop);
        }
        catch (Exception failure) when (IsUnreachable(failure, stop))
        {
            throw Unreachable(failure);
        }
    }

    private async Task FetchAsync(HttpClient client, string address, string file, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
                Check(answer, address);
                await using var target = File.Create(file);
                await answer.Content.CopyToAsync(target, stop);
                return;
            }
            catch (Exception failure) when (IsUnreachable(failure, stop) && attempt < Attempts)
            {
                await Task.Delay(Pause, frame.Clock, stop);
            }
            catch (Exception failure) when (IsUnreachable(failure, stop))
            {
                throw Unreachable(failure);
            }
        }
    }

    private static void Check(HttpResponseMessage answer, string address)
    {
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new CommandFailure(
                ExitCode.Denied, $"{address}: access is denied ({(int)answer.StatusCode})",
                "accept the dataset's terms and set HF_TOKEN");
        // A server that is in trouble may answer the next time.
        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            throw new HttpRequestException($"{address} answered {(int)answer.StatusCode}");
        if (!answer.IsSuccessStatusCode)
            throw new CommandFailure(ExitCode.Precondition, $"{address} answered {(int)answer.StatusCode}");
    }

    private static bool IsUnreachable(Exception failure, CancellationToken stop) =>
        failure is HttpRequestException or IOException
        || (failure is TaskCanceledException && !stop.IsCancellationRequested);

    private CommandFailure Unreachable(Exception failure) => new(
        ExitCode.Precondition, $"{_host} cannot be reached: {failure.Message.TrimEnd('.')}",
        "./demo runs without a network, on a clip of Debian's; or name a video: cairn vda run my.mp4");

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private string Variable(string name, string fallback) =>
        frame.Environment(name) is { Length: > 0 } value ? value : fallback;
}
