using System.Text;
using Cairn.Engine.Programs;
using Cairn.Engine.Secrets;
using Cairn.Flows.Compiling;
using Cairn.Flows.Expressions;
using Cairn.Flows.Trials;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>
/// What the strands of one run share: who is ready, who waits for what, how many steps are left. Strands take turns
/// only where they wait, in the order in which they became ready.
/// </summary>
internal sealed class FlowMachine(FlowCode code, Func<SecretVault>? vault)
{
    /// <summary>Steps within one event; then others are let in: a cancel must reach an endless loop.</summary>
    private const int StepsPerEvent = 400_000;

    private const int SliceSteps = 100;

    private readonly Queue<Strand> _ready = new();
    private readonly SortedDictionary<int, Strand> _strands = [];
    private readonly StepTally[] _tallies = new StepTally[code.Steps.Count];
    private SecretVault? _vault;
    private int _stepsLeft;

    // Steps are paid for in slices: what is left of the last one was not executed yet.
    private int _slice;
    private long _paid;
    private long _now;

    /// <summary>The compiled flow.</summary>
    public FlowCode Code { get; } = code;

    /// <summary>Evaluates expressions.</summary>
    public required Evaluation Evaluation { get; init; }

    /// <summary>Seals and opens marked values; null where there is no key. Opened when it is first needed.</summary>
    public SecretVault? Vault => _vault ??= vault?.Invoke();

    /// <summary>The limits that hold.</summary>
    public FlowLimits Limits => Code.Limits;

    /// <summary>Watches which conditions are met; null: nobody asks.</summary>
    public FlowTrace? Trace { get; set; }

    /// <summary>The turn that is being taken.</summary>
    public Turn Turn { get; set; } = null!;

    /// <summary>All strands that have not ended, by number.</summary>
    public IReadOnlyDictionary<int, Strand> Strands => _strands;

    /// <summary>Strands that only wait for their turn, in order.</summary>
    public IEnumerable<Strand> Ready => _ready;

    /// <summary>The number of the next strand.</summary>
    public int NextStrand { get; set; }

    /// <summary>Steps that were executed.</summary>
    public long Steps
    {
        get => _paid - _slice;
        set => (_paid, _slice) = (value, 0);
    }

    /// <summary>What each step did so far, by its index.</summary>
    public StepTally[] Tallies => _tallies;

    /// <summary>What the run ended with; null: it goes on.</summary>
    public FlowEnd? End { get; private set; }

    /// <summary>Requests that arrived at callback endpoints and were not awaited yet, by URL.</summary>
    public SortedDictionary<string, List<FlowValue>> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether some strand waits for an effect.</summary>
    public bool WaitsForEffect => _strands.Values.Any(strand => strand.Waiting is { Effect: > 0 });

    /// <summary>Keeps a request until it is awaited.</summary>
    public void Keep(string url, FlowValue request)
    {
        if (!Requests.TryGetValue(url, out var waiting))
            Requests[url] = waiting = [];
        waiting.Add(request);
    }

    /// <summary>The oldest request of a callback endpoint that nobody has taken; null: none.</summary>
    public FlowValue? TakeRequest(string url)
    {
        if (!Requests.TryGetValue(url, out var waiting))
            return null;
        var request = waiting[0];
        waiting.RemoveAt(0);
        if (waiting.Count == 0)
            Requests.Remove(url);
        return request;
    }

    /// <summary>A new strand; it is ready when <see cref="Wake(Strand)"/> says so.</summary>
    public Strand Add(Strand strand)
    {
        _strands.Add(strand.Id, strand);
        return strand;
    }

    /// <summary>Puts a strand at the end of those that are ready.</summary>
    public void Wake(Strand strand) => _ready.Enqueue(strand);

    /// <summary>Gives a waiting strand what it waits for; it runs until it waits again.</summary>
    public void Resume(Strand strand, Wake wake)
    {
        Tallies[strand.At.Step.Index].Ended = Turn.Now.UtcTicks;
        Op? next;
        try
        {
            next = ((WaitingOp)strand.At).Resume(strand, wake);
        }
        catch (FlowError error)
        {
            strand.Waiting = null;
            next = strand.Raise(error);
        }

        if (next is null)
            return;
        strand.At = next;
        Wake(strand);
    }

    /// <summary>Starts an event's steps anew.</summary>
    public void Begin()
    {
        // What was paid for and not used is given back: a restored run has no such rest.
        (_paid, _slice) = (_paid - _slice, 0);
        _stepsLeft = StepsPerEvent;
        _now = Turn.Now.UtcTicks;
    }

    /// <summary>Runs what is ready. False: fuel, or the steps of this event, ran out.</summary>
    public bool Run()
    {
        while (End is null && _ready.TryPeek(out var strand))
        {
            if (!Run(strand))
                return false;
            if (_ready.Count > 0 && ReferenceEquals(_ready.Peek(), strand))
                _ready.Dequeue();
        }

        return true;
    }

    /// <summary>Whether the steps of this event ran out, and not only the fuel.</summary>
    public bool IsPauseDue => _stepsLeft <= 0;

    /// <summary>A strand has returned from its outermost routine, or come to the end of its branch.</summary>
    public void Ended(Strand strand, FlowValue value)
    {
        _strands.Remove(strand.Id);
        if (strand.Parent is null)
            End = Encoded(value, strand);
        else
            BranchEnded(strand);
    }

    /// <summary>A strand has ended with an error that nothing handled.</summary>
    public void Failed(Strand strand, Raised raised)
    {
        _strands.Remove(strand.Id);
        if (strand.Parent is null || raised.Error.IsFinal())
        {
            End = new FlowEnd.Failed(raised);
            return;
        }

        var parent = strand.Parent.Branches;
        if (parent.Errors.Count < Limits.BranchErrors)
            parent.Errors[strand.Branch] = new BranchError(
                parent.Op.NameOf(strand.Branch), ErrorText.Context(raised), ErrorText.Payload(raised.Error));
        else
            parent.Dropped++;
        BranchEnded(strand);
    }

    /// <summary>Ends the run from outside: nothing more is executed.</summary>
    public void Cancel(string reason) => End ??= new FlowEnd.Cancelled(reason);

    /// <summary>Starts branches while there is room for them, the oldest `parallel` first.</summary>
    public void StartBranches()
    {
        var running = 0;
        foreach (var strand in _strands.Values)
            running += strand.Parent is not null && strand.Waiting is not { ForBranches: true } ? 1 : 0;
        foreach (var parent in _strands.Values.Where(strand => strand.Waiting is { ForBranches: true }).ToList())
            for (var block = parent.Branches; block.HasRoom && running < Limits.ParallelThreads; running++)
                block.Op.Start(parent, block);
    }

    /// <summary>
    /// The result leaves the run as plain JSON; one that has no such form is an error (7.2). What was made from secrets
    /// stands in it as `[secret NAME]`: a result is shown, and kept in clear (architecture 8, rule 6).
    /// </summary>
    private FlowEnd Encoded(FlowValue value, Strand strand)
    {
        if (PublicJson.SecretsIn(value) is not null)
            return new FlowEnd.Succeeded(Encoding.UTF8.GetBytes(FlowJson.Shown(value)));
        try
        {
            return new FlowEnd.Succeeded(PublicJson.EncodeResult(value, Code.Options.Lenient));
        }
        catch (FlowError error)
        {
            return new FlowEnd.Failed(new Raised(error, strand.Stack()));
        }
    }

    private void BranchEnded(Strand strand)
    {
        var parent = strand.Parent!;
        var block = parent.Branches;
        block.Ended++;
        if (block.Ended == block.Total)
            Resume(parent, Program.Wake.Branches.Instance);
        StartBranches();
    }

    private bool Run(Strand strand)
    {
        for (var op = strand.At; ;)
        {
            try
            {
                while (op is not null)
                {
                    if (op.Begins)
                    {
                        if (--_slice < 0 && !NextSlice())
                        {
                            strand.At = op;
                            return false;
                        }

                        ref var tally = ref _tallies[op.StepIndex];
                        tally.Count++;
                        tally.Last = _now;
                    }

                    op = op.Run(strand);
                }

                return true;
            }
            catch (FlowError error)
            {
                strand.At = op!;
                op = strand.Raise(error);
                if (op is null)
                    return true;
            }
        }
    }

    /// <summary>Pays for the next steps, the first of which is due; false: fuel, or this event's steps, are
    /// out.</summary>
    private bool NextSlice()
    {
        _slice = 0;
        if (_stepsLeft <= 0 || !Turn.Burn(SliceSteps))
            return false;
        var left = Limits.Steps - Steps;
        if (left <= 0)
            throw FinalErrors.Steps(Limits.Steps);
        var slice = (int)Math.Min(SliceSteps, left);
        _stepsLeft -= slice;
        _paid += slice;
        _slice = slice - 1;
        return true;
    }
}
