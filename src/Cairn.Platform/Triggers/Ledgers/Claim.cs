using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Runs;

namespace Cairn.Platform.Triggers.Ledgers;

/// <summary>That a trigger fires for one version of one subject; a claim exists once.</summary>
/// <param name="Number">The ledger's own number.</param>
/// <param name="Trigger">The trigger's id.</param>
/// <param name="Subject">What happened to what: `cairn://scenes/a/b`.</param>
/// <param name="Version">The generation, the planned time in seconds, or 0.</param>
/// <param name="Round">0; one more each time it was sent again on purpose.</param>
public sealed record Claim(long Number, string Trigger, string Subject, long Version, int Round)
{
    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How far it is.</summary>
    public ClaimState State { get; init; }

    /// <summary>The CloudEvent, JSON; empty once it is started.</summary>
    public string Event { get; init; } = "";

    /// <summary>Captures and values of the event.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new SortedDictionary<string, string>();

    /// <summary>The run's id, or null before it is started.</summary>
    public string? Run { get; init; }

    /// <summary>Why it is not started, or null.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The identity of its run, which follows from the key alone: submitted twice, also by different processes, it is
    /// one run.
    /// </summary>
    public RunUid Uid
    {
        get
        {
            var key = Encoding.UTF8.GetBytes($"cairn trigger\n{Trigger}\n{Subject}\n{Version}\n{Round}");
            return new RunUid(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(key)));
        }
    }
}

/// <summary>How far a claim is.</summary>
public enum ClaimState
{
    /// <summary>Its run has not been submitted yet, as far as the ledger knows.</summary>
    Waiting,

    /// <summary>Its run is in the journal.</summary>
    Started,

    /// <summary>Its run cannot be made; the message says why.</summary>
    Refused,
}
