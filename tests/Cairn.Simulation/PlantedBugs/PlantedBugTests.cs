using Cairn.Simulation.Runs;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>A simulator that never failed proves nothing: each of these must be found within the seeds of
/// ./test.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;

    public static TheoryData<string> Names => [.. All().Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_found(string name)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            // Some bugs keep something between the lives of one world: each world gets its own.
            var bug = All().Single(bug => bug.Name == name);
            if (Playthrough.Run(Plan.Of(seed), out _, bug).Broken is not { } broken) continue;
            output.WriteLine($"{name}: found by seed {seed}: {broken.Split('\n')[0]}");
            return;
        }

        Assert.Fail($"{name} was not found by {Seeds} seeds");
    }

    private static IEnumerable<Planted> All()
    {
        var processes = 0;
        SortedDictionary<long, Cairn.Engine.Journals.SnapshotRow> snapshots = [];
        yield return new("effect before commit") { Journal = journal => new EarlyAnswer(journal) };
        yield return new("inbox row lost") { Journal = journal => new LostInboxRow(journal) };
        yield return new("inbox row left") { Journal = journal => new InboxRowLeft(journal) };
        yield return new("failed commit believed") { Journal = journal => new FailedCommitNotVerified(journal, true) };
        yield return new(
            "failed commit forgotten")
        { Journal = journal => new FailedCommitNotVerified(journal, false) };
        yield return new("snapshot of a failed commit")
        {
            Journal = journal => new SnapshotOfFailedCommit(journal, snapshots),
        };
        yield return new("snapshot too old") { Family = family => new SavedTooEarly(family) };
        yield return new("key missing")
        {
            Journal = journal =>
            {
                processes++;
                return journal;
            },
            Performer = performer => new KeyMissing(performer, processes),
        };
        yield return new("started anew")
        {
            Journal = journal =>
            {
                processes++;
                return journal;
            },
            Performer = performer => new StartedAnew(performer, processes),
        };
        yield return new("issue unchecked") { Performer = performer => new IssueUnchecked(performer) };
        yield return new("report dropped") { Performer = performer => new ReportDropped(performer) };
        yield return new("ambiguous repeated") { Performer = performer => new AmbiguousRepeated(performer) };
        yield return new("replaced owner goes on") { ReplacedOwnerGoesOn = true };
    }
}
