using Cairn.Flows.Compiling;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Trials;

/// <summary>Reads a `*.test.yaml`. What is wrong comes back as problems with their places.</summary>
public static class TrialFileReader
{
    /// <summary>The tests; null with problems.</summary>
    public static (TrialFile? File, IReadOnlyList<FlowProblem> Problems) Read(string file, string text)
    {
        var source = new SourceText(text);
        var findings = new Findings(source, file, new FlowOptions());
        if (SourceReader.Read(source, findings) is not { } root) return (null, findings.Errors);
        var read = new FileEntry(source, findings).Read(root, file);
        return findings.Failed ? (null, findings.Errors) : (read, []);
    }

    /// <summary>The outermost map.</summary>
    private sealed class FileEntry(SourceText source, Findings findings)
    {
        public TrialFile Read(SourceNode root, string file)
        {
            var map = new TestMap(root, "a test file", findings);
            map.Allow("flow", "lenient", "env", "now", "tests");
            var environment = map.Texts("env");
            var now = map.Moment("now") ?? Trial.DefaultNow;
            var trials = map.Items("tests", isNeeded: true)
                .Select(node => new TrialEntry(source, findings).Read(node, environment, now)).ToList();
            foreach (var twice in trials.GroupBy(trial => trial.Name).Where(group => group.Count() > 1))
                findings.Error(root.Span, $"two tests are called '{twice.Key}'", "rename one");
            return new TrialFile(file, map.Text("flow"), map.Flag("lenient"), trials);
        }
    }
}
