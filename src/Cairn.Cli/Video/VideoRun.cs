using System.Text.Json;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Video;

/// <summary>One run of the video pipeline from the user's words to the evidence.</summary>
internal sealed class VideoRun(Frame frame, Workshop workshop, VideoPlanner planner)
{
    private readonly VideoTools _tools = new(planner.SkillsFolder);

    /// <summary>What came of it.</summary>
    /// <param name="Plan">What was done.</param>
    /// <param name="Run">Its run at the end; null when it was parked.</param>
    /// <param name="Mirror">Where the evidence lies; null when there is none.</param>
    /// <param name="Media">Kind and absolute path of each picture and video.</param>
    internal sealed record Result(
        VideoPlan Plan, RunHead? Run, MirrorFolder? Mirror, IReadOnlyList<(string Kind, string Path)> Media);

    /// <summary>What a run works on.</summary>
    /// <param name="Taken">The user's own files, ready to be uploaded.</param>
    /// <param name="Stems">Stems of all videos.</param>
    /// <param name="Source">Where in a store they are copied from, or null.</param>
    /// <param name="Attribution">Where they come from, for the summary, or null.</param>
    private sealed record Inputs(
        IReadOnlyList<TakenVideo> Taken, IReadOnlyList<string> Stems, string? Source, string? Attribution);

    /// <summary>Runs all of it. Throws <see cref="CommandFailure"/> for what the user can mend.</summary>
    public async Task<Result> RunAsync(VideoRequest request, CancellationToken stop)
    {
        var storage = VideoPlanner.Storage(request);
        planner.Require(request);
        var dataset = new VideoDataset(workshop, $"{storage.Root}/datasets/{storage.Dataset}");
        await dataset.RequireStoreAsync(stop);
        if (request.RunId is { } named)
            await dataset.RefuseUsedRunAsync(named, stop);
        var work = Path.Combine(workshop.Site.Project.StateFolder, "video", EngineHost.NewUid().ToString());
        try
        {
            var inputs = await InputsAsync(request, storage, work, stop);
            var plan = planner.Plan(request, storage, inputs.Stems);
            var submission = Submission(plan, request);
            submission.RequireCapacity(workshop);
            await dataset.RefuseReplacementAsync(inputs.Taken, stop);
            // Whatever can be refused was refused; from here on things change.
            Announce(plan, inputs.Taken);
            await dataset.UploadAsync(inputs.Taken, stop);
            if (inputs.Source is { } source)
                await dataset.CopyAsync(source, stop);
            var run = await submission.NewRunAsync(workshop, frame.Terminal.Error.WriteLine, stop);
            var ended = await new ForegroundRun(frame, workshop).RunAsync(run);
            if (ended is null || ended.Outcome != Outcome.Succeeded)
                return new Result(plan, ended, null, []);
            return await ShowAsync(plan, ended, inputs, stop);
        }
        finally
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
        }
    }

    private async Task<Inputs> InputsAsync(
        VideoRequest request, StorageRoot storage, string work, CancellationToken stop)
    {
        var demo = request.Input is null ? await new DemoDataset(frame).DownloadAsync(work, stop) : null;
        var input = request.Input ?? demo!.Folder;
        if (!StorageRoot.IsAddress(input))
        {
            var span = new VideoIntake.Span(request.Start, request.Seconds);
            var taken = await new VideoIntake(frame, _tools).TakeAsync(input, span, work, stop);
            return new Inputs(
                taken, [.. taken.Select(video => video.Name)], null, request.Attribution ?? demo?.Attribution);
        }

        if (request.Seconds is not null || request.Start > 0)
            throw new CommandFailure(
                ExitCode.Usage, "--seconds and --start cut local files only; objects in a store are used as they are");
        var dataset = new VideoDataset(workshop, $"{storage.Root}/datasets/{storage.Dataset}");
        var stems = storage.Copy ? await dataset.StemsAsync(input, stop)
            : storage.Video is { } one ? [one] : await dataset.StemsAsync(stop);
        return new Inputs([], stems, storage.Copy ? input : null, request.Attribution);
    }

    private GraphSubmission Submission(VideoPlan plan, VideoRequest request)
    {
        var graph = GraphFile.CompileValid(frame, plan.GraphFile, plan.Values());
        var pool = LocalSettings.PoolNamed(workshop.Site.Project, request.Pool);
        return new GraphSubmission(graph.Spec!, pool)
        {
            Labels = [.. request.Labels, new("vda.flow", plan.Flow.Id), new("vda.run", plan.RunId)],
        };
    }

    private void Announce(VideoPlan plan, IReadOnlyList<TakenVideo> taken)
    {
        // Of objects in a store nobody has counted the frames: half a minute at 10 frames a second is as good as any.
        const int unknownFrames = 300;
        var frames = taken.Count > 0 ? taken.Sum(video => video.Frames) : plan.Videos.Count * unknownFrames;
        var pace = Pace.Load(workshop.Site.Project.StateFolder);
        foreach (var line in new Estimate(plan, frames, pace).Lines())
            frame.Terminal.Error.WriteLine(line);
    }

    private async Task<Result> ShowAsync(
        VideoPlan plan, RunHead ended, Inputs inputs, CancellationToken stop)
    {
        var (taken, notes) = (inputs.Taken, inputs.Taken.Select(video => video.Note).OfType<string>().ToList());
        var began = frame.Clock.GetTimestamp();
        var evidence = new Evidence(workshop, _tools);
        var empty = await evidence.EmptyOutputsAsync(plan.RunUrl, plan.ExpectedOutputs, stop);
        if (empty.Count > 0)
            throw new CommandFailure(
                ExitCode.RunFailed,
                [.. empty.Select(url => new Problem($"the run completed and left nothing at {url}"))]);
        var mirror = MirrorFolder.Of(workshop.Site.Project.Folder, plan.RunId);
        await evidence.StageAsync(plan.DatasetUrl, plan.RunUrl, plan.Videos, mirror, stop);
        // Comparisons need one core each and the exports the other.
        var comparing = CompareAsync(plan, mirror, notes, stop);
        await evidence.ExportAsync(mirror, stop);
        await comparing;
        var media = await Evidence.SummarizeAsync(_tools, mirror, notes, inputs.Attribution, stop);
        mirror.MarkLatest();
        if (taken.Count > 0)
            Remember(plan, ended, taken.Sum(video => video.Frames), frame.Clock.GetElapsedTime(began));
        return new Result(plan, ended, mirror, media);
    }

    private async Task CompareAsync(
        VideoPlan plan, MirrorFolder mirror, List<string> notes, CancellationToken stop)
    {
        foreach (var (video, index) in plan.Pairs)
        {
            try
            {
                await Evidence.CompareAsync(_tools, mirror, plan.Dataset, video, index, stop);
            }
            catch (CommandFailure failure)
            {
                // Input and variant stand on their own; the summary says why there is no comparison.
                lock (notes)
                    notes.Add($"no comparison of {video}_aug{index}: {failure.Message}");
            }
        }
    }

    /// <summary>Keeps the measured times, so that the next estimate is of this machine.</summary>
    private void Remember(VideoPlan plan, RunHead ended, int frames, TimeSpan evidence)
    {
        var run = RunDocument.Of(ended, ended.Result);
        var perVideo = frames / (double)plan.Videos.Count;
        double Mean(string prefix) => run.Tasks!.Value.EnumerateArray()
            .Where(task => TaskFields.Text(task, "name").StartsWith(prefix, StringComparison.Ordinal))
            .Select(Seconds)
            .DefaultIfEmpty(0)
            .Average();
        var pace = new Pace();
        new Pace(
            Mean("setup"),
            plan.Flow.Augments ? Mean("cosmos_worker_") / perVideo : pace.AugmentSeconds,
            Mean("pl_") / perVideo,
            evidence.TotalSeconds / perVideo / Math.Max(plan.Pairs.Count, plan.Videos.Count))
            .Save(workshop.Site.Project.StateFolder);
    }

    private static double Seconds(JsonElement task) =>
        TaskFields.Time(task, "started") is { } started && TaskFields.Time(task, "ended") is { } ended
            ? (ended - started).TotalSeconds
            : 0;
}
