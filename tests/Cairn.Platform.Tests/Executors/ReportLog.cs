using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Tests.Executors;

/// <summary>A sink that remembers, and lets a test wait for a report instead of sleeping.</summary>
internal sealed class ReportLog : IReportSink
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Lock _lock = new();
    private readonly List<(EffectKey Key, int Issue, Report Report)> _seen = [];
    private TaskCompletionSource _more = New();
    private int _freed;

    public int FreedCount
    {
        get
        {
            lock (_lock)
                return _freed;
        }
    }

    public void Report(EffectKey effect, int issue, Report report) => Add(() => _seen.Add((effect, issue, report)));

    public void Freed(string kind) => Add(() => _freed++);

    public IReadOnlyList<TaskPhase> Phases(EffectKey key)
    {
        lock (_lock)
            return
            [
                .. _seen.Where(one => one.Key == key).Select(one => one.Report).OfType<Report.Progressed>()
                    .Select(one => TaskJson.ReadProgress(one.State).Phase),
            ];
    }

    /// <summary>What a task said last that it waits for.</summary>
    public string? WaitsFor(EffectKey key)
    {
        lock (_lock)
            return _seen.Where(one => one.Key == key).Select(one => one.Report).OfType<Report.Progressed>()
                .Select(one => TaskJson.ReadProgress(one.State).Message).LastOrDefault();
    }

    public Task Reached(EffectKey key, TaskPhase phase, int times = 1) => Until(() =>
        Ends(key).Count > 0
            ? throw new InvalidOperationException($"ended before {phase}: {TaskJson.ReadResult(Ends(key)[0].Result)}")
            : Phases(key).Count(one => one == phase) >= times);

    public async Task<TaskResult> Result(EffectKey key)
    {
        var ended = await End(key);
        return TaskJson.ReadResult(ended.Result);
    }

    public async Task<Report.Ended> End(EffectKey key)
    {
        await Until(() => Ends(key).Count > 0);
        return Assert.Single(Ends(key));
    }

    public bool HasEnded(EffectKey key) => Ends(key).Count > 0;

    /// <summary>All reports, for the message of a test that fails.</summary>
    public override string ToString()
    {
        lock (_lock)
            return string.Join("; ", _seen.Select(one => $"{one.Key.Sequence}: {Text(one.Report)}"));
    }

    public async Task<Report.Ended> End(EffectKey key, int issue)
    {
        await Until(() => Ends(key, issue).Count > 0);
        return Assert.Single(Ends(key, issue));
    }

    public async Task Until(Func<bool> reached)
    {
        while (true)
        {
            Task more;
            lock (_lock)
                more = _more.Task;
            if (reached())
                return;
            try
            {
                await more.WaitAsync(s_patience, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException late)
            {
                throw new TimeoutException($"no report for {s_patience}; so far: {this}", late);
            }
        }
    }

    private IReadOnlyList<Report.Ended> Ends(EffectKey key, int? issue = null)
    {
        lock (_lock)
            return
            [
                .. _seen.Where(one => one.Key == key && (issue ?? one.Issue) == one.Issue)
                    .Select(one => one.Report).OfType<Report.Ended>(),
            ];
    }

    private void Add(Action change)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            change();
            more = _more;
            _more = New();
        }

        more.SetResult();
    }

    private static string Text(Report report) => report switch
    {
        Report.Progressed progress => TaskJson.ReadProgress(progress.State).Phase.ToString(),
        Report.Ended { Ending: Ending.Known } ended => TaskJson.ReadResult(ended.Result).ToString(),
        _ => report.ToString(),
    };

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
