namespace Cairn.Flows.Trials;

/// <summary>Gives the answers of one test, and notes the calls.</summary>
internal sealed class MockBook(IReadOnlyList<Mock> mocks)
{
    private readonly int[] _asked = new int[mocks.Count];
    private readonly List<MadeCall> _calls = [];
    private readonly List<string> _faults = [];

    /// <summary>All calls so far, in order.</summary>
    public IReadOnlyList<MadeCall> Calls => _calls;

    /// <summary>Calls that no mock answered: the test is wrong, not the flow.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The answer to a call; null: there is none, and <see cref="Faults"/> says why.</summary>
    public MockAnswer? Answer(MadeCall call)
    {
        _calls.Add(call);
        for (var i = 0; i < mocks.Count; i++)
        {
            if (!mocks[i].Fits(call)) continue;
            var asked = _asked[i]++;
            if (!mocks[i].IsSequence) return mocks[i].Answers[0];
            if (asked < mocks[i].Answers.Count) return mocks[i].Answers[asked];
            _faults.Add(
                $"the mock of {mocks[i].Told} (line {mocks[i].Line}) has {mocks[i].Answers.Count} answers, and step "
                + $"'{call.Step}' asks once more");
            return null;
        }

        _faults.Add(
            $"step '{call.Step}' calls {call.Function} and no mock answers; its arguments: {call.Arguments}");
        return null;
    }
}
