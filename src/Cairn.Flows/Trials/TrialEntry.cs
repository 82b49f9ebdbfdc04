using Cairn.Flows.Compiling;
using Cairn.Flows.Sources;
using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Reads one test of a `*.test.yaml`.</summary>
internal sealed class TrialEntry(SourceText source, Findings findings)
{
    /// <summary>The test; what is wrong goes to the findings.</summary>
    public Trial Read(SourceNode node, IReadOnlyDictionary<string, string> environment, DateTimeOffset now)
    {
        var map = new TestMap(node, "a test", findings);
        map.Allow("name", "args", "env", "now", "mocks", "callbacks", "expect");
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in environment.Concat(map.Texts("env"))) all[name] = value;
        return new Trial(map.Text("name", isNeeded: true) ?? "", LineOf(node), Expected(map))
        {
            Arguments = map.Value("args"),
            Environment = all,
            Now = map.Moment("now") ?? now,
            Mocks = [.. map.Items("mocks").Select(ReadMock)],
            Callbacks = [.. map.Items("callbacks").Select(ReadCallback)],
        };
    }

    private int LineOf(SourceNode node) => source.PlaceOf(node.Span).Line;

    private TrialExpectation Expected(TestMap trial)
    {
        if (trial.Find("expect") is not { } node)
        {
            findings.Error(trial.Span, "a test has an 'expect'", "expect: {result: …}");
            return new TrialExpectation();
        }

        var map = new TestMap(node, "'expect'", findings);
        map.Allow("result", "error", "tags", "calls", "logs", "elapsed", "reaches", "avoids");
        if (map.Find("result") is not null && (map.Find("error") ?? map.Find("tags")) is { } other)
            findings.Error(other.Span, "a flow ends with a result or with an error, not with both");
        return new TrialExpectation
        {
            Result = map.Value("result"),
            Error = map.Value("error"),
            Tags = map.List("tags") ?? [],
            Calls = map.Find("calls") is null ? null : [.. map.Items("calls").Select(ReadCall)],
            Logs = map.List("logs"),
            Elapsed = map.Number("elapsed"),
            Reaches = map.List("reaches") ?? [],
            Avoids = map.List("avoids") ?? [],
        };
    }

    private ExpectedCall ReadCall(SourceNode node)
    {
        if (node is SourceNode.Scalar { IsText: true } name) return new ExpectedCall(name.Text, null, null);
        var map = new TestMap(node, "an expected call", findings);
        map.Allow("call", "step", "args");
        return new ExpectedCall(map.Text("call", isNeeded: true) ?? "", map.Text("step"), map.Value("args"));
    }

    private TrialCallback ReadCallback(SourceNode node)
    {
        var map = new TestMap(node, "a callback", findings);
        map.Allow("endpoint", "after", "method", "body");
        return new TrialCallback(
            (int)(map.Number("endpoint") ?? 0), map.Number("after") ?? 0, map.Text("method") ?? "POST",
            map.Value("body") ?? FlowValue.Null);
    }

    private Mock ReadMock(SourceNode node)
    {
        var map = new TestMap(node, "a mock", findings);
        map.Allow(["call", "step", "args", "sequence", .. _answers]);
        if (map.Find("call") is null && map.Find("step") is null)
            findings.Error(node.Span, "a mock names the 'call' or the 'step' that it answers", "call: http.get");
        var isSequence = map.Find("sequence") is not null;
        if (isSequence && _answers.Select(map.Find).FirstOrDefault(found => found is not null) is { } beside)
            findings.Error(beside.Span, "a mock has one answer, or a 'sequence' of them, not both");
        return new Mock(
            map.Text("call"), map.Text("step"), map.Value("args"),
            isSequence ? [.. map.Items("sequence", isNeeded: true).Select(ReadAnswer)] : [ReadAnswer(map)],
            isSequence, LineOf(node));
    }

    private static readonly string[] _answers = ["result", "error", "status", "body", "headers", "fault", "after"];

    private MockAnswer ReadAnswer(SourceNode node)
    {
        var map = new TestMap(node, "an answer", findings);
        map.Allow(_answers);
        return ReadAnswer(map);
    }

    private MockAnswer ReadAnswer(TestMap map)
    {
        var after = map.Number("after") ?? 0;
        string[] kinds = ["result", "error", "status", "fault"];
        if (kinds.Count(kind => map.Find(kind) is not null) is var count && count != 1)
            findings.Error(map.Span, $"an answer has one of result, error, status, fault; found {count}", "result: {}");
        if (map.Value("result") is { } result) return new MockAnswer(after, result, false);
        if (map.Value("error") is { } error) return new MockAnswer(after, error, true);
        if (map.Number("status") is { } status)
            return MockedReply.Of(
                (int)status, map.Value("body") ?? FlowValue.Of(""),
                map.Value("headers") ?? FlowValue.Of(FlowMap.Empty), after);
        return Fault(map, after);
    }

    private MockAnswer Fault(TestMap map, double after)
    {
        var word = map.Text("fault");
        switch (word)
        {
            case "refused":
                return new MockAnswer(after, FlowError.Of(FlowTags.ConnectionFailed, "connection refused").Value, true);
            case "broken":
                return new MockAnswer(
                    after, FlowError.Of(FlowTags.Connection, "the connection broke before the answer").Value, true);
            case "timeout":
                return new MockAnswer(after, null, false);
            default:
                if (word is not null)
                    findings.Error(
                        map.Find("fault")!.Span, $"there is no fault '{word}'", "refused, broken or timeout");
                return new MockAnswer(after, FlowValue.Null, false);
        }
    }
}
